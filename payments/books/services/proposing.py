"""One person says what should be done; nothing happens until another confirms."""

from uuid import UUID

from django.db import IntegrityError, transaction

from payments.books import locks
from payments.books.enums import DecisionAbout, DifferenceState, Resolution
from payments.books.errors import (
    AlreadyProposed,
    NoteMissing,
    NothingInSuspense,
    NotWaitingForPeople,
    ResolutionDoesNotFit,
)
from payments.books.models import Decision
from payments.books.rules import fitting_resolutions
from payments.enums import AttemptState, RefundState
from payments.models import PaymentIncident, Refund
from payments.services.by_hand import suspense_fen


@transaction.atomic(durable=True)
def propose_for_difference(*, public_id: UUID, resolution: Resolution, note: str, proposed_by_id: int) -> Decision:
    """Propose how to resolve a difference.

    Raises ResolutionDoesNotFit, NoteMissing, AlreadyProposed (also once it is resolved).
    """
    difference = locks.locked_difference(public_id)
    if resolution not in fitting_resolutions(difference.kind):
        raise ResolutionDoesNotFit
    if difference.state != DifferenceState.OPEN:
        raise AlreadyProposed
    decision = _propose(
        Decision(
            about=DecisionAbout.DIFFERENCE,
            difference=difference,
            resolution=resolution,
            note=note,
            proposed_by_id=proposed_by_id,
        )
    )
    difference.state = DifferenceState.PROPOSED
    difference.save(update_fields=["state"])
    return decision


@transaction.atomic(durable=True)
def propose_for_incident(*, incident_id: int, note: str, proposed_by_id: int) -> Decision:
    """Propose to give an incident's contradicting money back in full. Raises NothingInSuspense, AlreadyProposed."""
    incident = PaymentIncident.objects.select_related("attempt").get(pk=incident_id)
    attempt = incident.attempt
    if attempt is None or attempt.state != AttemptState.SUSPENSE or not suspense_fen(attempt):
        raise NothingInSuspense
    return _propose(
        Decision(
            about=DecisionAbout.INCIDENT,
            # Of several incidents of one trade its money goes back once: the trade is the subject.
            subject_key=attempt.out_trade_no,
            resolution=Resolution.REFUND_SUSPENSE,
            note=note,
            proposed_by_id=proposed_by_id,
        )
    )


@transaction.atomic(durable=True)
def propose_for_refund(*, public_id: UUID, note: str, proposed_by_id: int) -> Decision:
    """Say that a refund which would not go back was given by hand. Raises NotWaitingForPeople, AlreadyProposed."""
    refund = Refund.objects.select_for_update(of=("self",)).get(public_id=public_id)
    if refund.state != RefundState.NEEDS_MANUAL:
        raise NotWaitingForPeople
    return _propose(
        Decision(
            about=DecisionAbout.REFUND,
            subject_key=refund.out_refund_no,
            resolution=Resolution.GIVEN_BY_HAND,
            note=note,
            proposed_by_id=proposed_by_id,
        )
    )


def _propose(decision: Decision) -> Decision:
    decision.note = decision.note.strip()
    if not decision.note:
        raise NoteMissing
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as error:
        raise AlreadyProposed from error
    return decision
