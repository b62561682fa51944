"""A second person confirms, declines, or the first takes it back. Confirming is what moves money."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from payments.books import locks
from payments.books.enums import DecisionState, DifferenceState, Resolution
from payments.books.errors import AlreadyDecided, NotOwnProposal, OwnProposal
from payments.books.models import Decision
from payments.books.services.acting import act, ask_again


def confirm(*, public_id: UUID, decided_by_id: int) -> Decision:
    """Carry a proposal out as the second person.

    Raises OwnProposal, AlreadyDecided, and what the act itself refuses (StillDiffers, RefundNotBookable,
    NothingInSuspense, NotWaitingForPeople); the proposal then stands as before. May talk to a gateway: call it outside
    transactions.
    """
    decision = Decision.objects.select_related("difference").get(public_id=public_id)
    _require_second_person(decision, decided_by_id)
    if decision.resolution == Resolution.SETTLE_NOW and decision.difference is not None:
        ask_again(decision.difference)
    return _carry_out(public_id, decided_by_id)


@transaction.atomic(durable=True)
def _carry_out(public_id: UUID, decided_by_id: int) -> Decision:
    decision = locks.locked_decision(public_id)
    _require_second_person(decision, decided_by_id)
    # Decided before the act: what it books or sends may point to a confirmed decision.
    _decide(decision, DecisionState.CONFIRMED, decided_by_id=decided_by_id)
    decision.entry_key = act(decision, decided_by_id=decided_by_id)
    decision.save(update_fields=["entry_key"])
    if decision.difference is not None:
        difference = decision.difference
        difference.state, difference.resolved_at = DifferenceState.RESOLVED, timezone.now()
        difference.save(update_fields=["state", "resolved_at"])
    return decision


@transaction.atomic(durable=True)
def decline(*, public_id: UUID, decided_by_id: int) -> Decision:
    """Say no as the second person: it is open again. Raises OwnProposal, AlreadyDecided."""
    decision = locks.locked_decision(public_id)
    _require_second_person(decision, decided_by_id)
    _decide(decision, DecisionState.DECLINED, decided_by_id=decided_by_id)
    return _open_again(decision)


@transaction.atomic(durable=True)
def withdraw(*, public_id: UUID, withdrawn_by_id: int) -> Decision:
    """Take one's own proposal back. Raises NotOwnProposal, AlreadyDecided."""
    decision = locks.locked_decision(public_id)
    if decision.state != DecisionState.PROPOSED:
        raise AlreadyDecided
    if decision.proposed_by_id != withdrawn_by_id:
        raise NotOwnProposal
    _decide(decision, DecisionState.WITHDRAWN, decided_by_id=None)
    return _open_again(decision)


def _require_second_person(decision: Decision, user_id: int) -> None:
    if decision.state != DecisionState.PROPOSED:
        raise AlreadyDecided
    if decision.proposed_by_id == user_id:
        raise OwnProposal


def _decide(decision: Decision, state: DecisionState, *, decided_by_id: int | None) -> None:
    decision.state, decision.decided_at, decision.decided_by_id = state, timezone.now(), decided_by_id
    decision.save(update_fields=["state", "decided_at", "decided_by"])


def _open_again(decision: Decision) -> Decision:
    if decision.difference is not None:
        decision.difference.state = DifferenceState.OPEN
        decision.difference.save(update_fields=["state"])
    return decision
