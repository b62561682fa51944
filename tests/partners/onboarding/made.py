"""Applications at any point of their way, by the same services that people use."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from catalog.partner.enums import OrganisationType
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from partners.onboarding import services
from partners.onboarding.credit_codes import check_sign
from partners.onboarding.enums import LICENCES, CheckResult, PaperKind, Step
from partners.onboarding.models import Application, Paper, Person, Question
from partners.onboarding.requirements import requirements_of
from partners.onboarding.services.agreements import agreement_text
from tests import factories
from tests.marketplace.core.uploads.made import pdf, upload

REASONS = "执照上的名称和公示系统里的不一致，请先更正。"


def credit_code(number: int | None = None) -> str:
    """A valid code that nobody has."""
    first = f"91330100MA{number if number is not None else factories.next_number():07d}"
    return first + check_sign(first)


def make_applicant(**fields: Any) -> User:
    return factories.make_user(role=Role.PARTNER_STAFF, **fields)


def organisation(**fields: Any) -> dict[str, Any]:
    return {
        "name": f"晚风心理咨询有限公司{factories.next_number()}",
        "credit_code": credit_code(),
        "district": "湖滨区",
        "address": "示例路 9 号",
        "public_phone": "0571-0000 0000",
        "introduction": "陪青少年和家庭说说话。",
    } | fields


def signer(**fields: Any) -> dict[str, Any]:
    return {
        "signer_name": "沈一",
        "signer_position": "负责人",
        "signer_phone": "+8613900009999",
        "is_legal_representative": False,
    } | fields


def licence(**fields: Any) -> dict[str, Any]:
    return {
        "number": "沪-1",
        "issued_by": "示例市场监督管理局",
        "valid_from_on": date(2024, 1, 1),
        "valid_until_on": None,
    } | fields


def make_draft(
    applicant: User | None = None, kind: OrganisationType = OrganisationType.CLINIC, **fields: Any
) -> Application:
    """One in which nothing was filled in but the organisation."""
    draft = services.begin_application(applicant=applicant or make_applicant(), kind=kind)
    return services.save_organisation(public_id=draft.public_id, fields=organisation(**fields))


def add(application: Application, kind: PaperKind, person: Person | None = None, **fields: Any) -> Paper:
    return services.add_paper(
        public_id=application.public_id,
        upload=upload(pdf(), f"{kind.label}.pdf"),
        kind=kind,
        added_by=application.applicant,
        person=person,
        licence=licence(**fields) if kind in LICENCES else None,
    )


def add_person(application: Application, **fields: Any) -> Person:
    told = {
        "name": "许宁",
        "title": "心理咨询师",
        "degree": "应用心理硕士",
        "training_hours": 400,
        "practice_hours": 1200,
        "registered_with": "示例注册系统",
        "registration_number": "X-24-001",
        "supervision": "陈老师，每两周一次",
        "years_of_practice": 6,
    }
    return services.save_person(public_id=application.public_id, fields=told | fields)


def sign(application: Application) -> None:
    services.sign_agreement(
        public_id=application.public_id,
        by=application.applicant,
        name=Application.objects.get(pk=application.pk).signer_name,
        digest=agreement_text(application.kind).digest,
    )


def make_whole(
    applicant: User | None = None, kind: OrganisationType = OrganisationType.CLINIC, **fields: Any
) -> Application:
    """One that could be handed in."""
    application = make_draft(applicant, kind, **fields)
    services.save_signer(public_id=application.public_id, fields=signer())
    needed = requirements_of(kind)
    for paper in (needed.licences[0], *needed.papers):
        add(application, paper)
    if needed.needs_people:
        add(application, PaperKind.QUALIFICATION, add_person(application))
    sign(application)
    application.refresh_from_db()
    return application


def make_waiting(
    applicant: User | None = None, kind: OrganisationType = OrganisationType.CLINIC, **fields: Any
) -> Application:
    """One that our reviewers have."""
    application = make_whole(applicant, kind, **fields)
    services.submit_application(public_id=application.public_id, by=application.applicant)
    application.refresh_from_db()
    return application


def make_questioned(application: Application | None = None, by: User | None = None) -> Question:
    """One that was asked something."""
    application = application or make_waiting()
    return services.ask_organisation(
        public_id=application.public_id,
        by=by or factories.make_staff(),
        step=Step.PAPERS,
        text="执照的第二页不清楚，请重新上传。",
    )


def check_all(application: Application, by: User) -> None:
    points = requirements_of(application.kind).checklist
    services.note_checks(
        public_id=application.public_id, by=by, results={point.key: CheckResult.OK for point in points}
    )


def make_proposed(
    application: Application | None = None, *, by: User | None = None, approves: bool = True
) -> Application:
    """One that waits for a second person."""
    application, by = application or make_waiting(), by or factories.make_staff()
    check_all(application, by)
    services.propose_decision(
        public_id=application.public_id, by=by, approves=approves, reasons="" if approves else REASONS
    )
    application.refresh_from_db()
    return application


def make_decided(application: Application | None = None, *, approves: bool = True) -> Application:
    """One that two of ours decided."""
    application = make_proposed(application, approves=approves)
    services.confirm_proposal(public_id=application.public_id, by=factories.make_staff())
    application.refresh_from_db()
    return application


def long_ago(application: Application, days: int) -> None:
    """Let it have been asked so many days ago."""
    Application.objects.filter(pk=application.pk).update(asked_at=timezone.now() - timedelta(days=days))
