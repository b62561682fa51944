"""Stopping what somebody offers, lifting that, and hearing those it is about."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from catalog.scheduling.retry import retried
from marketplace.accounts.models import User

from ..enums import AppealState, WithholdingKind
from ..errors import (
    AlreadyLifted,
    AlreadyWithheld,
    AnsweredByTheSamePerson,
    AppealedAlready,
    NoOpenAppeal,
    NotAnAssociation,
    NotYours,
    ReasonsMissing,
)
from ..locks import lock_givers, locked_withholding
from ..models import Withholding
from ..rules import may_appeal, may_decide_for
from .applying import apply_standing
from .telling import tell_answered, tell_appealed, tell_lifted, tell_withheld

#: Reasons shorter than this explain nothing.
FEWEST_WORDS = 10


@retried
@transaction.atomic
def withhold(
    *,
    target: Product | Provider | Partner,
    body: Partner,
    reasons: str,
    decided_by: User,
    kind: WithholdingKind = WithholdingKind.VETO,
    now: datetime | None = None,
) -> Withholding:
    """Stop a product, a provider or all of an organisation from being booked or bought, from this moment on.

    Bookings that are just being made are waited for: each is either made before, and its family hears of it, or refused.

    Raises: NotAnAssociation, ReasonsMissing, AlreadyWithheld.
    """
    if not may_decide_for(decided_by, body):
        raise NotAnAssociation
    return _withhold(target=target, body=body, reasons=reasons, decided_by=decided_by, kind=kind, now=now)


def _withhold(
    *,
    target: Product | Provider | Partner,
    body: Partner,
    reasons: str,
    decided_by: User | None,
    kind: WithholdingKind,
    now: datetime | None,
) -> Withholding:
    now = now or timezone.now()
    reasons = worded(reasons)
    lock_givers(target)
    about = about_target(target)
    if Withholding.objects.filter(body=body, kind=kind, lifted_at=None, **about).exists():
        raise AlreadyWithheld
    row = Withholding.objects.create(
        kind=kind, body=body, reasons=reasons, began_at=now, decided_by=decided_by, **about
    )
    apply_standing(now=now)
    tell_withheld(row)
    return row


def about_target(target: Product | Provider | Partner) -> dict[str, Product | Provider | Partner]:
    """Return the fields of a decision that say what it is about."""
    name = {Product: "product", Provider: "provider", Partner: "partner"}[type(target)]
    return {name: target}


def worded(reasons: str) -> str:
    """Return reasons that say something. Raises ReasonsMissing."""
    reasons = reasons.strip()
    if len(reasons) < FEWEST_WORDS:
        raise ReasonsMissing
    return reasons


@retried
@transaction.atomic
def lift(*, withholding: Withholding, lifted_by: User, because: str, now: datetime | None = None) -> Withholding:
    """Take a decision back: what it stopped is offered again, unless something else stops it.

    Raises: NotYours, ReasonsMissing, AlreadyLifted.
    """
    if not may_decide_for(lifted_by, withholding.body):
        raise NotYours
    return _lift(withholding.pk, lifted_by, worded(because), now or timezone.now())


def _lift(pk: int, lifted_by: User | None, because: str, now: datetime) -> Withholding:
    lock_givers(Withholding.objects.get(pk=pk).target)
    row = locked_withholding(pk)
    if not row.is_live:
        raise AlreadyLifted
    row.lifted_at, row.lifted_by, row.lifted_because = now, lifted_by, because
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    apply_standing(now=now)
    tell_lifted(row)
    return row


@transaction.atomic
def appeal(*, withholding: Withholding, words: str, appealed_by: User, now: datetime | None = None) -> Withholding:
    """Speak against a decision, once. It goes on counting until the association has answered.

    Raises: NotYours, ReasonsMissing, AlreadyLifted, AppealedAlready.
    """
    if not may_appeal(appealed_by, withholding):
        raise NotYours
    words = worded(words)
    row = locked_withholding(withholding.pk)
    if not row.is_live:
        raise AlreadyLifted
    if row.appeal_state != AppealState.NONE:
        raise AppealedAlready
    row.appeal, row.appeal_state = words, AppealState.OPEN
    row.appealed_by, row.appealed_at = appealed_by, now or timezone.now()
    row.save(update_fields=["appeal", "appeal_state", "appealed_by", "appealed_at"])
    tell_appealed(row)
    return row


@retried
@transaction.atomic
def answer_appeal(
    *, withholding: Withholding, granted: bool, words: str, answered_by: User, now: datetime | None = None
) -> Withholding:
    """Answer an appeal, as somebody else of the association than who decided. Granting it lifts the decision.

    Raises: NotYours, ReasonsMissing, NoOpenAppeal, AnsweredByTheSamePerson.
    """
    if not may_decide_for(answered_by, withholding.body):
        raise NotYours
    now, words = now or timezone.now(), worded(words)
    lock_givers(withholding.target)
    row = locked_withholding(withholding.pk)
    if row.appeal_state != AppealState.OPEN:
        raise NoOpenAppeal
    if row.decided_by_id == answered_by.pk:
        raise AnsweredByTheSamePerson
    row.appeal_state = AppealState.GRANTED if granted else AppealState.UPHELD
    row.appeal_answer, row.answered_by, row.answered_at = words, answered_by, now
    row.save(update_fields=["appeal_state", "appeal_answer", "answered_by", "answered_at"])
    tell_answered(row)
    return _lift(row.pk, answered_by, words, now) if granted and row.is_live else row
