"""Our reviewers check, ask, propose, and another one decides; an approved organisation has all it needs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership, Partner
from catalog.standing.models import Licence
from marketplace.notifications.models import Message
from partners.onboarding import errors, selectors, services
from partners.onboarding.enums import ApplicationState, CheckResult, EventKind
from partners.onboarding.models import Application, Question
from tests import factories
from tests.partners.onboarding import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return factories.make_staff(nickname="甲")


@pytest.fixture
def second():
    return factories.make_staff(nickname="乙")


def test_an_approved_clinic_has_a_manager_a_licence_and_people(reviewer, second):
    application = made.make_proposed(by=reviewer)
    services.confirm_proposal(public_id=application.public_id, by=second)
    application.refresh_from_db()
    partner = application.partner
    assert (application.state, partner.organisation_type) == (ApplicationState.APPROVED, OrganisationType.CLINIC)
    assert partner.name == application.name and partner.district == "湖滨区"
    member = Membership.objects.get(partner=partner)
    assert (member.user, member.role) == (application.applicant, TeamRole.MANAGER)
    licence = Licence.objects.get(partner=partner)
    assert (licence.kind, licence.number, licence.checked_by) == ("business", "沪-1", second)
    provider = partner.providers.get()
    assert (provider.name, provider.title) == ("许宁", "心理咨询师") and "示例注册系统" in provider.credential
    agreement = selectors.agreements_in_force().get()
    assert (agreement.partner, agreement.signed_name, agreement.countersigned_by) == (partner, "沈一", second)
    assert Message.objects.filter(recipient=application.applicant).exists()


@pytest.mark.parametrize("kind", [OrganisationType.SCHOOL, OrganisationType.COMMUNITY, OrganisationType.ASSOCIATION])
def test_other_kinds_are_opened_without_people(kind):
    application = made.make_decided(made.make_waiting(kind=kind))
    assert application.partner.organisation_type == kind
    assert not application.partner.providers.exists() and application.partner.licences.count() == 1


def test_nobody_decides_what_they_proposed(reviewer):
    application = made.make_proposed(by=reviewer)
    with pytest.raises(errors.SecondPersonNeeded):
        services.confirm_proposal(public_id=application.public_id, by=reviewer)
    with pytest.raises(errors.SecondPersonNeeded):
        services.send_back(public_id=application.public_id, by=reviewer)
    assert not Partner.objects.filter(name=application.name).exists()


def test_nobody_reviews_their_own(reviewer):
    application = made.make_waiting()
    Application.objects.filter(pk=application.pk).update(applicant=reviewer)
    with pytest.raises(errors.OwnApplication):
        services.take_application(public_id=application.public_id, by=reviewer)


def test_an_open_or_failed_point_stops_an_approval(reviewer):
    application = made.make_waiting()
    propose = {"public_id": application.public_id, "by": reviewer, "reasons": ""}
    with pytest.raises(errors.ChecksOpen):
        services.propose_decision(**propose, approves=True)
    made.check_all(application, reviewer)
    failed = {"licence": CheckResult.NOT_OK}
    services.note_checks(public_id=application.public_id, by=reviewer, results=failed)
    with pytest.raises(errors.ChecksOpen):
        services.propose_decision(**propose, approves=True)


def test_turning_away_needs_reasons_which_the_organisation_reads(reviewer):
    application = made.make_waiting()
    with pytest.raises(errors.ReasonsNeeded):
        services.propose_decision(public_id=application.public_id, by=reviewer, approves=False, reasons="不行")
    application = made.make_decided(application, approves=False)
    assert application.state == ApplicationState.DECLINED and application.closed_at and application.partner is None
    page = factories.signed_in(application.applicant).get(f"/join/applications/{application.public_id}/")
    assert made.REASONS in page.content.decode()


def test_a_question_opens_the_application_again_and_its_answer_brings_a_new_version(reviewer):
    application = made.make_waiting()
    made.check_all(application, reviewer)
    question = made.make_questioned(application, reviewer)
    with pytest.raises(errors.QuestionsOpen):
        services.submit_application(public_id=application.public_id, by=application.applicant)
    services.answer_question(public_id=application.public_id, question_id=question.public_id, answer="已经重新上传。")
    services.submit_application(public_id=application.public_id, by=application.applicant)
    application.refresh_from_db()
    assert (application.state, application.version) == (ApplicationState.WAITING, 2)
    assert Question.objects.get().answer == "已经重新上传。"
    with pytest.raises(errors.ChecksOpen):  # what was checked before says nothing about what was changed
        services.propose_decision(public_id=application.public_id, by=reviewer, approves=True, reasons="")


def test_the_second_person_may_send_it_back(reviewer, second):
    application = made.make_proposed(by=reviewer)
    services.send_back(public_id=application.public_id, by=second)
    application.refresh_from_db()
    assert application.state == ApplicationState.WAITING and application.proposed_by is None
    assert [event.kind for event in application.events.all()][-1] == EventKind.SENT_BACK


def test_what_is_decided_stays_decided(second):
    application = made.make_decided()
    for again in (services.confirm_proposal, services.send_back, services.take_application):
        with pytest.raises(errors.Decided):
            again(public_id=application.public_id, by=second)


def test_two_alike_names_are_shown_to_the_reviewer():
    factories.make_partner(name="晚风心理咨询中心")
    factories.make_partner(name="云朵小学")
    application = made.make_waiting(name="晚风咨询有限公司")
    assert selectors.alike_names(application) == ["晚风心理咨询中心"]


def test_the_nearest_clock_comes_first_and_questions_stand_still():
    late, early, asked = made.make_waiting(), made.make_waiting(), made.make_waiting()
    now = timezone.now()
    Application.objects.filter(pk=early.pk).update(answer_by=now - timedelta(hours=1))
    made.make_questioned(asked)
    assert list(selectors.queue()) == [early, late]
    assert list(selectors.overdue()) == [early]
    assert list(selectors.questioned()) == [asked]


def test_who_does_not_answer_is_reminded_once_and_then_it_is_over():
    application = made.make_questioned().application
    made.long_ago(application, 8)
    assert services.tend_applications() == 1
    assert services.tend_applications() == 0
    made.long_ago(application, 31)
    assert services.tend_applications() == 1
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN and application.closed_at


def test_the_end_of_a_cooperation_starts_the_time_of_its_papers():
    application = made.make_decided()
    assert services.end_agreements(partner=application.partner) == 1
    application.refresh_from_db()
    assert application.closed_at and not selectors.agreements_in_force().exists()
