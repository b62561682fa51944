"""A guardian's word on what a young person paid alone (Civil Code, art. 19, 22 and 145)."""

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.families.models import Child
from payments.enums import IncidentKind, IntentState
from payments.errors import NothingToRefund
from payments.locks import locked_intent
from payments.models import PaymentIntent
from payments.payables import payable_for
from payments.requests.enums import Decision, Outcome
from payments.requests.errors import AlreadyDecided, NotSelfPaid
from payments.requests.models import GuardianDecision
from payments.requests.purchases import purchase_of
from payments.requests.rules import may_decide
from payments.requests.services.telling import tell_decision
from payments.services.incidents import raise_incident


@transaction.atomic(durable=True)
def decide_on_payment(*, intent: PaymentIntent, guardian: User, decision: Decision) -> GuardianDecision:
    """Ratify, or refuse, what a child paid alone; kept for good, with who and when.

    Refused before anything of it was delivered: all of it is taken back and all the money goes back. Afterwards the
    decision stands and our staff see to it (an incident of the finance desk).

    Raises: NotSelfPaid (nothing here for this person to decide), NothingToRefund (it went back already), AlreadyDecided.
    """
    child = Child.objects.filter(account_id=intent.buyer_id, archived_at=None).first()
    if child is None or not may_decide(guardian, child):
        raise NotSelfPaid
    payable_for(intent.payable_kind).lock(intent.payable_id)
    locked = locked_intent(intent.pk)
    if locked.settled_by is None or locked.settled_by.payer_id != locked.buyer_id:
        raise NotSelfPaid
    if GuardianDecision.objects.filter(intent=locked).exists():
        raise AlreadyDecided
    if locked.state == IntentState.REFUNDED:
        raise NothingToRefund
    outcome = Outcome.STANDS if decision == Decision.RATIFIED else _refuse(locked, guardian)
    row = GuardianDecision.objects.create(intent=locked, guardian=guardian, decision=decision, outcome=outcome)
    tell_decision(row)
    return row


def _refuse(intent: PaymentIntent, guardian: User) -> Outcome:
    if purchase_of(intent).undo(intent.payable_id, guardian=guardian):
        return Outcome.REFUNDED
    attempt = intent.settled_by
    assert attempt is not None  # checked by the caller
    raise_incident(
        kind=IncidentKind.NOT_RATIFIED,
        key=str(intent.public_id),
        gateway=attempt.gateway,
        attempt=attempt,
        details={"amount_fen": attempt.captured_fen, "refunded_fen": attempt.refunded_fen},
    )
    return Outcome.WITH_STAFF
