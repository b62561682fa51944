"""Money given back out of goodwill, before or after a line was delivered: by one person, or above a sum by two."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.catalogue.enums import ProductKind
from marketplace.accounts.duty.selectors import duties_now
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from payments.enums import RefundReason
from payments.errors import NothingToRefund, RefundExceedsPayment
from payments.models import Refund

from .. import locks
from ..enums import ProposalState
from ..errors import (
    MayNotRefund,
    PackageByUnits,
    ProposalDecided,
    ProposalWaiting,
    RefundNoteMissing,
    RefundTooMuch,
    SecondPersonNeeded,
)
from ..models import Line, RefundProposal
from ..rules import alone_fen
from ..selectors import claimed_fen
from . import telling
from .refunding import ask_line_refund


@transaction.atomic(durable=True)
def give_back(*, line: Line, amount_fen: int, note: str, asked_by: User, now: datetime | None = None) -> RefundProposal:
    """Give part of a paid line back, or all that is left, and say why; the family reads the sum, not the note.

    Our people on support or finance duty, and the partner's own, up to a sum each; above it the proposal waits for a
    second person on finance duty.

    Raises: MayNotRefund, PackageByUnits, RefundNoteMissing, RefundTooMuch, ProposalWaiting.
    """
    locks.lock_order_with_holdings(line.order_id)
    line = Line.objects.select_related("order__user", "partner", "product").get(pk=line.pk)
    limit = alone_fen(duties_now(asked_by, now), is_partners=_is_partners(asked_by, line))
    if limit == 0 or line.order.paid_at is None:
        raise MayNotRefund
    if line.product and line.product.kind == ProductKind.PACKAGE:
        raise PackageByUnits
    if not note.strip():
        raise RefundNoteMissing
    if not 1 <= amount_fen <= line.price_fen - claimed_fen(line):
        raise RefundTooMuch
    proposal = RefundProposal(
        line=line, amount_fen=amount_fen, note=without_identity_numbers(note.strip()), asked_by=asked_by
    )
    if amount_fen <= limit:
        proposal.state, proposal.refund = ProposalState.ALONE, _ask(proposal, asked_by)
    _save(proposal)
    if proposal.state == ProposalState.WAITING:
        telling.tell_finance_of_proposal(proposal)
    return proposal


@transaction.atomic(durable=True)
def decide_give_back(
    *, proposal: RefundProposal, agrees: bool, decided_by: User, now: datetime | None = None
) -> RefundProposal:
    """Agree to a waiting proposal, or not: somebody on finance duty who did not ask for it.

    Raises: MayNotRefund, SecondPersonNeeded, ProposalDecided, RefundTooMuch (something else went back meanwhile).
    """
    if Duty.FINANCE not in duties_now(decided_by, now):
        raise MayNotRefund
    locks.lock_order_with_holdings(proposal.line.order_id)
    locked = locks.locked_proposal(proposal.pk)
    if locked.state != ProposalState.WAITING:
        raise ProposalDecided
    if locked.asked_by_id == decided_by.pk:
        raise SecondPersonNeeded
    locked.decided_by, locked.decided_at = decided_by, now or timezone.now()
    locked.state = ProposalState.REFUSED
    if agrees:
        locked.state, locked.refund = ProposalState.APPROVED, _ask(locked, decided_by)
    locked.save(update_fields=["state", "decided_by", "decided_at", "refund"])
    return locked


def _is_partners(person: User, line: Line) -> bool:
    return line.partner is not None and line.partner.users.filter(pk=person.pk).exists()


def _ask(proposal: RefundProposal, initiator: User) -> Refund:
    try:
        return ask_line_refund(
            line=proposal.line,
            amount_fen=proposal.amount_fen,
            reason=RefundReason.GOODWILL,
            initiator=initiator,
            act=str(proposal.public_id),
        )
    except (RefundExceedsPayment, NothingToRefund) as error:
        raise RefundTooMuch from error


def _save(proposal: RefundProposal) -> None:
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError as error:
        raise ProposalWaiting from error
