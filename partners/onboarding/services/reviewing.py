"""Our reviewers: one checks, asks and proposes; another one confirms or sends back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User

from ..enums import ApplicationState, CheckResult, EventKind, Step
from ..errors import (
    ChecksOpen,
    Decided,
    DuplicateOrganisation,
    OwnApplication,
    ReasonsNeeded,
    SecondPersonNeeded,
)
from ..locks import locked_application
from ..models import Application, Check, Question
from ..requirements import requirements_of
from ..rules import is_applicant
from ..telling import tell
from .drafting import note
from .opening import open_organisation

_SHORTEST_REASON = 10


@transaction.atomic
def take_application(*, public_id: UUID, by: User) -> Application:
    """Say that one is working on it; a colleague may take it over. Raises Decided, OwnApplication."""
    application = _waiting(public_id, by)
    if application.taken_by_id != by.pk:
        application.taken_by = by
        application.save(update_fields=["taken_by"])
        note(application, EventKind.TAKEN, by)
    return application


@transaction.atomic
def note_checks(*, public_id: UUID, by: User, results: Mapping[str, CheckResult]) -> None:
    """Note what was found for points of the checklist, for this version. Raises Decided, OwnApplication."""
    application = _waiting(public_id, by)
    known = {point.key for point in requirements_of(application.kind).checklist}
    for item, result in results.items():
        if item in known:
            Check.objects.update_or_create(
                application=application,
                version=application.version,
                item=item,
                defaults={"result": result, "checked_by": by, "checked_at": timezone.now()},
            )


@transaction.atomic
def ask_organisation(*, public_id: UUID, by: User, step: Step, text: str) -> Question:
    """Ask the organisation for something: it may change everything again, and our clock stands still meanwhile.

    Raises: Decided, OwnApplication, ReasonsNeeded (nothing was asked).
    """
    application = locked_application(public_id)
    if application.state == ApplicationState.QUESTIONED:
        _not_own(application, by)
    else:
        application = _waiting(public_id, by)
    if not text.strip():
        raise ReasonsNeeded(_("请写下要问什么。"))
    question = Question.objects.create(application=application, step=step, text=text.strip(), asked_by=by)
    if application.state != ApplicationState.QUESTIONED:
        application.state, application.asked_at = ApplicationState.QUESTIONED, timezone.now()
        application.save(update_fields=["state", "asked_at"])
        note(application, EventKind.ASKED, by)
    tell(application, key=f"asked:{question.public_id}", body=_("审核时有一个问题想请您补充，登录后可以看到和回答。"))
    return question


@transaction.atomic
def propose_decision(*, public_id: UUID, by: User, approves: bool, reasons: str) -> Application:
    """Propose to let an organisation in, or not; a second person decides.

    Raises: Decided, OwnApplication, ChecksOpen, ReasonsNeeded.
    """
    application = _waiting(public_id, by)
    if approves and not is_checked(application):
        raise ChecksOpen
    if len(reasons.strip()) < (0 if approves else _SHORTEST_REASON):
        raise ReasonsNeeded
    application.state = ApplicationState.PROPOSED
    application.proposes_approval, application.reasons = approves, reasons.strip()
    application.proposed_by, application.proposed_at = by, timezone.now()
    application.save()
    note(application, EventKind.PROPOSED, by)
    return application


@transaction.atomic
def send_back(*, public_id: UUID, by: User) -> Application:
    """As the second person: not yet, the first one looks again. Raises Decided, SecondPersonNeeded, OwnApplication."""
    application = _proposed(public_id, by)
    application.state = ApplicationState.WAITING
    application.proposes_approval = application.proposed_by = application.proposed_at = None
    application.save()
    note(application, EventKind.SENT_BACK, by)
    return application


@transaction.atomic(durable=True)
def confirm_proposal(*, public_id: UUID, by: User) -> Application:
    """As the second person: let the organisation in, with all it needs, or turn it away.

    Raises: Decided, SecondPersonNeeded, OwnApplication, DuplicateOrganisation, TextChanged.
    """
    application = _proposed(public_id, by)
    now = timezone.now()
    application.decided_by, application.decided_at = by, now
    if application.proposes_approval:
        _approve(application, by, now)
    else:
        application.state, application.closed_at = ApplicationState.DECLINED, now
        application.save()
        note(application, EventKind.DECLINED, by)
        tell(application, key="declined", body=_("入驻申请已经有结果，登录后可以看到理由。"))
    return application


def is_checked(application: Application) -> bool:
    """Return whether every point of the checklist was found to be right, or not to matter, in this version."""
    points = {point.key for point in requirements_of(application.kind).checklist}
    good = application.checks.filter(version=application.version).exclude(result=CheckResult.NOT_OK)
    return points <= set(good.values_list("item", flat=True))


def _approve(application: Application, by: User, now: datetime) -> None:
    try:
        with transaction.atomic():
            application.partner = open_organisation(application=application, by=by, now=now)
    except IntegrityError as error:
        raise DuplicateOrganisation from error
    application.state = ApplicationState.APPROVED
    application.save()
    note(application, EventKind.APPROVED, by)
    tell(application, key="approved", body=_("入驻申请已经通过，登录后就可以开始准备。"))


def _waiting(public_id: UUID, by: User) -> Application:
    application = locked_application(public_id)
    if application.state != ApplicationState.WAITING:
        raise Decided
    _not_own(application, by)
    return application


def _proposed(public_id: UUID, by: User) -> Application:
    application = locked_application(public_id)
    if application.state != ApplicationState.PROPOSED:
        raise Decided
    if application.proposed_by_id == by.pk:
        raise SecondPersonNeeded
    _not_own(application, by)
    return application


def _not_own(application: Application, by: User) -> None:
    if is_applicant(by, application):
        raise OwnApplication
