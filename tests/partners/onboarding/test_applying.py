"""An organisation fills in its application in steps, stops, goes on, and hands it in whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.partner.enums import OrganisationType
from marketplace.core.uploads.errors import DocumentActive, KindNotTaken
from marketplace.core.uploads.models import StoredFile
from partners.onboarding import errors, services
from partners.onboarding.credit_codes import is_valid, normal
from partners.onboarding.enums import ApplicationState, PaperKind, Step
from partners.onboarding.models import Application, ApplicationVersion
from partners.onboarding.requirements import REQUIREMENTS
from partners.onboarding.rules import may_read_file
from tests import factories
from tests.marketplace.core.uploads.made import pdf, upload
from tests.partners.onboarding import made

pytestmark = pytest.mark.django_db


def submit(application):
    return services.submit_application(public_id=application.public_id, by=application.applicant)


@pytest.mark.parametrize("kind", REQUIREMENTS)
def test_each_kind_of_organisation_can_apply(kind):
    application = made.make_waiting(kind=kind)
    assert (application.state, application.version) == (ApplicationState.WAITING, 1)
    assert application.answer_by > timezone.now() + timedelta(days=6)


def test_one_goes_on_where_one_stopped():
    applicant = made.make_applicant()
    draft = made.make_draft(applicant, name="纸鹤咨询")
    again = services.begin_application(applicant=applicant, kind=OrganisationType.CLINIC)
    assert (again.pk, again.name, again.step) == (draft.pk, "纸鹤咨询", Step.SIGNER)


def test_an_empty_application_says_what_is_missing():
    draft = services.begin_application(applicant=made.make_applicant(), kind=OrganisationType.CLINIC)
    with pytest.raises(errors.Incomplete) as refused:
        submit(draft)
    assert len(refused.value.missing) >= 6


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("91110000802100433B", True),
        ("9111 0000 8021 0043-3b", True),
        ("91110000802100433C", False),
        ("91110000802100433", False),
        ("", False),
        ("I" * 18, False),
    ],
)
def test_a_credit_code_is_checked_by_its_last_sign(code, good):
    assert is_valid(normal(code)) is good


def test_a_newer_paper_replaces_an_older_one_which_is_kept():
    application = made.make_waiting()
    made.make_questioned(application)
    old = application.papers.get(kind=PaperKind.BUSINESS)
    new = made.add(application, PaperKind.BUSINESS, number="沪-2")
    old.refresh_from_db()
    assert old.replaced_at is not None and new.replaced_at is None
    assert StoredFile.objects.filter(pk=old.file_id).exists()


def test_a_paper_that_nobody_saw_is_destroyed_when_it_is_taken_out():
    application = made.make_draft()
    paper = made.add(application, PaperKind.BUSINESS)
    services.remove_paper(public_id=application.public_id, paper_id=paper.public_id)
    assert not StoredFile.objects.exists()


def test_an_expired_licence_is_not_taken_and_runs_out_before_handing_in():
    application = made.make_draft()
    with pytest.raises(errors.LicenceOver):
        made.add(application, PaperKind.BUSINESS, valid_until_on=timezone.localdate() - timedelta(days=1))
    whole = made.make_whole()
    whole.papers.filter(kind=PaperKind.BUSINESS).update(valid_until_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(errors.Incomplete):
        submit(whole)


def test_a_licence_needs_what_stands_on_it():
    with pytest.raises(errors.LicenceIncomplete):
        made.add(made.make_draft(), PaperKind.BUSINESS, number="")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(pdf(b"<< /S /JavaScript /JS (x) >>"), DocumentActive), (b"<svg onload='alert(1)'/>", KindNotTaken)],
)
def test_a_hostile_file_is_refused_and_leaves_nothing(content, refusal):
    application = made.make_draft()
    with pytest.raises(refusal):
        services.add_paper(
            public_id=application.public_id,
            upload=upload(content),
            kind=PaperKind.OTHER,
            added_by=application.applicant,
        )
    assert not application.papers.exists() and not StoredFile.objects.exists()


def test_a_certificate_says_whose_it_is():
    application = made.make_draft()
    stranger = made.add_person(made.make_draft())
    with pytest.raises(errors.PersonNeeded):
        made.add(application, PaperKind.QUALIFICATION)
    with pytest.raises(errors.PersonNeeded):
        made.add(application, PaperKind.QUALIFICATION, stranger)


def test_a_clinic_needs_people_with_certificates():
    application = made.make_whole()
    application.people.get().papers.all().delete()
    with pytest.raises(errors.Incomplete):
        submit(application)


def test_the_signature_is_the_signers_and_of_this_version():
    application = made.make_draft()
    services.save_signer(public_id=application.public_id, fields=made.signer())
    text = services.agreement_text(application.kind)
    sign = {"public_id": application.public_id, "by": application.applicant}
    with pytest.raises(errors.SignerDiffers):
        services.sign_agreement(**sign, name="别人", digest=text.digest)
    with pytest.raises(errors.TextChanged):
        services.sign_agreement(**sign, name="沈一", digest="0" * 64)
    assert services.sign_agreement(**sign, name="沈 一", digest=text.digest).signed_name == "沈一"


def test_another_signer_signs_again():
    application = made.make_whole()
    services.save_signer(public_id=application.public_id, fields=made.signer(signer_name="沈二"))
    with pytest.raises(errors.Incomplete):
        submit(application)


def test_what_was_handed_in_is_kept_whole():
    application = made.make_waiting(name="晚风")
    version = ApplicationVersion.objects.get(application=application)
    assert version.content["fields"]["name"] == "晚风"
    assert {paper["digest"] for paper in version.content["papers"]} == {p.file.digest for p in application.papers.all()}
    assert version.content["people"][0]["name"] == "许宁"


def test_nothing_changes_while_our_reviewers_have_it():
    application = made.make_waiting()
    for change in (
        lambda: services.save_organisation(public_id=application.public_id, fields=made.organisation()),
        lambda: made.add(application, PaperKind.OTHER),
        lambda: made.add_person(application),
        lambda: submit(application),
    ):
        with pytest.raises(errors.NotOpen):
            change()


def test_the_same_organisation_is_not_let_in_twice():
    made.make_waiting(credit_code=made.credit_code(77))
    with pytest.raises(errors.DuplicateOrganisation):
        made.make_waiting(credit_code=made.credit_code(77))
    made.make_decided(made.make_waiting(credit_code=made.credit_code(78)))
    with pytest.raises(errors.DuplicateOrganisation):
        made.make_waiting(credit_code=made.credit_code(78))


def test_who_was_turned_away_may_apply_again():
    made.make_decided(made.make_waiting(credit_code=made.credit_code(79)), approves=False)
    assert made.make_waiting(credit_code=made.credit_code(79)).state == ApplicationState.WAITING


def test_a_draft_that_is_taken_back_leaves_nothing():
    application = made.make_whole()
    services.withdraw_application(public_id=application.public_id, by=application.applicant)
    assert not Application.objects.exists() and not StoredFile.objects.exists()


def test_what_was_handed_in_and_taken_back_is_kept_and_closed():
    application = made.make_waiting()
    services.withdraw_application(public_id=application.public_id, by=application.applicant)
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN and application.closed_at
    with pytest.raises(errors.Decided):
        services.withdraw_application(public_id=application.public_id, by=application.applicant)


def test_papers_open_for_their_applicant_and_for_reviewers_once_handed_in():
    application = made.make_whole()
    file = application.papers.first().file
    reviewer, idle = factories.make_staff(), factories.make_staff(duties=[])
    readers = [application.applicant, reviewer, idle, made.make_applicant(), factories.make_parent()]
    assert [may_read_file(each, file) for each in readers] == [True, False, False, False, False]
    submit(application)
    assert [may_read_file(each, file) for each in readers] == [True, True, False, False, False]
