"""The pages of applicants and of our reviewers: each sees their own, and nothing else."""

import pytest
from django.urls import reverse

from marketplace.accounts.enums import Duty
from marketplace.core.audit.models import AuditEvent
from marketplace.core.uploads.links import signed_link
from partners.onboarding.enums import ApplicationState, PaperKind
from partners.onboarding.models import Application
from partners.onboarding.requirements import REQUIREMENTS
from tests import factories
from tests.marketplace.core.uploads.made import pdf, picture, upload
from tests.partners.onboarding import made

pytestmark = pytest.mark.django_db


def url(name, application, *args):
    return reverse(f"onboarding:{name}", args=[application.public_id, *args])


def test_everybody_reads_what_is_needed_and_what_is_signed(client):
    assert client.get(reverse("onboarding:welcome")).status_code == 200
    for kind in REQUIREMENTS:
        page = client.get(reverse("onboarding:public_agreement", args=[kind]))
        assert page.status_code == 200 and "职责" in page.content.decode()
    assert client.get(reverse("onboarding:public_agreement", args=["maker"])).status_code == 404


def test_every_duty_has_an_owner_and_a_page_that_shows_it(client):
    for kind in REQUIREMENTS:
        for duty in services_text(kind).duties:
            assert duty["owner"] and reverse(duty["evidence"])


def services_text(kind):
    from partners.onboarding.services import agreement_text

    return agreement_text(kind)


def test_an_applicant_fills_in_all_steps_and_hands_in():
    applicant = made.make_applicant()
    browser = factories.signed_in(applicant)
    begun = browser.post(reverse("onboarding:begin"), {"kind": "clinic"})
    application = Application.objects.get()
    assert begun.url == url("organisation", application)
    wrong = browser.post(url("organisation", application), made.organisation(credit_code="123"))
    assert wrong.status_code == 422
    assert browser.post(url("organisation", application), made.organisation()).url == url("signer", application)
    told = made.signer(signer_phone="139 0000 9999") | {"is_legal_representative": "on"}
    assert browser.post(url("signer", application), told).url == url("papers", application)
    paper = {"kind": PaperKind.BUSINESS, "upload": upload(pdf(), "执照.pdf"), **made.licence(valid_until_on="")}
    assert browser.post(url("papers", application), paper).status_code == 302
    safety = {"kind": PaperKind.CHILD_SAFETY, "upload": upload(picture(), "制度.jpg", "image/jpeg")}
    assert browser.post(url("papers", application), safety).status_code == 302
    bad = browser.post(url("papers", application), {"kind": PaperKind.OTHER, "upload": upload(b"<svg/>", "a.pdf")})
    assert bad.status_code == 422 and "不收这种文件" in bad.content.decode()
    told = {"name": "许宁", "title": "咨询师", "degree": "硕士", "supervision": "每两周一次"}
    numbers = {"years_of_practice": 3, "training_hours": 100, "practice_hours": 200}
    person = browser.post(url("people", application), told | numbers).url
    proof = {"kind": PaperKind.QUALIFICATION, "upload": upload(pdf(), "证书.pdf")}
    assert browser.post(f"{person}papers/", proof).status_code == 302
    assert browser.get(person).status_code == 200 and browser.get(url("people", application)).status_code == 200
    page = browser.get(url("agreement", application))
    signed = {"name": "沈一", "agree": "on", "digest": page.context["text"].digest}
    assert browser.post(url("agreement", application), signed).status_code == 302
    assert browser.get(url("application", application)).status_code == 200
    browser.post(url("submit", application))
    application.refresh_from_db()
    assert application.state == ApplicationState.WAITING
    assert browser.get(url("organisation", application)).status_code == 404


def test_nobody_opens_anothers_application():
    application = made.make_waiting()
    paper = application.papers.first()
    stranger = factories.signed_in(made.make_applicant())
    for name in ("application", "organisation", "papers", "people", "agreement", "withdraw"):
        assert stranger.get(url(name, application)).status_code == 404
        assert stranger.post(url(name, application)).status_code in (404, 405)
    for name in ("submit", "withdraw"):
        assert stranger.post(url(name, application)).status_code == 404
    assert stranger.get(signed_link(paper.file, person=application.applicant)).status_code == 404
    application.refresh_from_db()
    assert application.state == ApplicationState.WAITING


def test_parents_and_teens_find_no_application_pages():
    for user in (factories.make_parent(), factories.make_teen()):
        assert factories.signed_in(user).get(reverse("onboarding:home")).status_code == 404


def test_the_desk_is_for_reviewers_on_duty():
    application = made.make_waiting()
    finance = factories.signed_in(factories.make_staff(duties=[Duty.FINANCE]))
    assert finance.get(reverse("onboarding:desk")).status_code == 403
    assert finance.get(url("case", application)).status_code == 403
    manager = factories.signed_in(application.applicant)
    assert manager.get(url("case", application)).status_code == 404


def test_a_reviewer_works_a_case_and_reading_it_is_written_down():
    application, one, two = made.make_waiting(), factories.make_staff(), factories.make_staff()
    desk = factories.signed_in(one)
    assert application.name in desk.get(reverse("onboarding:desk")).content.decode()
    page = desk.get(url("case", application))
    assert application.credit_code in page.content.decode()
    assert AuditEvent.objects.filter(actor_id=one.public_id, purpose="onboarding").exists()
    desk.post(url("take", application))
    desk.post(url("checks", application), dict.fromkeys(page.context["checks_form"].fields, "ok"))
    desk.post(url("propose", application), {"approves": "yes", "reasons": ""})
    desk.post(url("decide", application), {"say": "yes"})
    application.refresh_from_db()
    assert application.state == ApplicationState.PROPOSED  # one alone opens nothing
    assert factories.signed_in(two).get(url("case", application)).status_code == 200
    factories.signed_in(two).post(url("decide", application), {"say": "yes"})
    application.refresh_from_db()
    assert application.state == ApplicationState.APPROVED
    assert application.name in desk.get(reverse("onboarding:register")).content.decode()
    assert desk.get(reverse("onboarding:desk") + "?show=decided").status_code == 200


def test_a_draft_is_not_on_the_desk():
    application = made.make_whole()
    desk = factories.signed_in(factories.make_staff())
    assert application.name not in desk.get(reverse("onboarding:desk")).content.decode()
    assert desk.get(url("case", application)).status_code == 404


def test_a_question_is_answered_on_the_page():
    application = made.make_waiting()
    question = made.make_questioned(application)
    browser = factories.signed_in(application.applicant)
    assert "第二页不清楚" in browser.get(url("application", application)).content.decode()
    browser.post(url("answer", application, question.public_id), {"answer": "重新拍了。"})
    browser.post(url("submit", application))
    application.refresh_from_db()
    assert application.version == 2


@pytest.mark.parametrize("page", ["desk", "register"])
def test_lists_cost_the_same_with_one_row_and_three(page, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make = made.make_waiting if page == "desk" else made.make_decided
    desk = factories.signed_in(factories.make_staff())
    make()
    desk.get(reverse(f"onboarding:{page}"))
    with CaptureQueriesContext(connection) as one:
        desk.get(reverse(f"onboarding:{page}"))
    make(), make()
    with django_assert_num_queries(len(one)):
        desk.get(reverse(f"onboarding:{page}"))


def test_who_works_nowhere_yet_starts_at_their_applications():
    from marketplace.accounts.selectors import start_page_of

    assert start_page_of(made.make_applicant()) == reverse("onboarding:home")
    assert start_page_of(made.make_decided().applicant) != reverse("onboarding:home")
