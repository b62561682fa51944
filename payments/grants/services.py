"""A community's money: put in by two people, spent against evidence, and what is left goes back when the time is over."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from payments import owing
from payments.grants import locks
from payments.grants.enums import AskState, FundState, MoneyFrom
from payments.grants.errors import (
    BudgetExceeded,
    Decided,
    FundOver,
    FundTooSmall,
    PublicGoodTooSmall,
    SecondPersonNeeded,
)
from payments.grants.evidence import kind_of, put_away
from payments.grants.models import Allocation, Fund, SpendRequest
from payments.grants.selectors import free_in, left_in, put_in
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.selectors import balance_fen
from payments.ledger.services import Account, post

Asked = TypeVar("Asked", Allocation, SpendRequest)
logger = logging.getLogger(__name__)
SOURCE = "grant_spend"
#: The share of the fee schedule that is set aside for the public good.
PUBLIC_GOOD = "public_good"
_FROM = {
    MoneyFrom.DONATION: Account(AccountKind.BANK),
    MoneyFrom.PUBLIC_GOOD: Account(AccountKind.COMMISSION, PUBLIC_GOOD),
}


@dataclass(frozen=True)
class FundPlan:
    """What a fund is to be: `title` is neutral, money in fen, both days included."""

    payee: UUID
    title: str
    budget_fen: int
    starts_on: date
    ends_on: date


@transaction.atomic(durable=True)
def open_fund(*, plan: FundPlan, opened_by: User) -> Fund:
    """Open an empty fund: money comes in by allocations."""
    return Fund.objects.create(
        payee=plan.payee,
        title=plan.title.strip(),
        budget_fen=plan.budget_fen,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        opened_by=opened_by,
    )


@transaction.atomic(durable=True)
def ask_allocation(*, fund: Fund, amount_fen: int, money_from: MoneyFrom, asked_by: User) -> Allocation:
    """Ask a second person to put money in. Raises FundOver, BudgetExceeded."""
    fund = locks.locked_fund(fund.pk)
    _refuse_beyond_budget(fund, amount_fen)
    return Allocation.objects.create(fund=fund, amount_fen=amount_fen, money_from=money_from, asked_by=asked_by)


@transaction.atomic(durable=True)
def decide_allocation(
    *, allocation: Allocation, approved: bool, decided_by: User, now: datetime | None = None
) -> Allocation:
    """Put the money in, or decline, as a second person.

    Raises: Decided, SecondPersonNeeded, FundOver, BudgetExceeded, PublicGoodTooSmall.
    """
    now = now or timezone.now()
    fund = locks.locked_fund(allocation.fund_id)
    allocation = locks.locked_allocation(allocation.pk)
    _refuse_unless_free(allocation, decided_by)
    if approved:
        _refuse_beyond_budget(fund, allocation.amount_fen)
        _put_in(fund, allocation, decided_by, now)
    return _decided(allocation, approved=approved, decided_by=decided_by, now=now)


@transaction.atomic(durable=True)
def ask_to_spend(
    *, fund: Fund, amount_fen: int, purpose: str, evidence: bytes, asked_by: User, now: datetime | None = None
) -> SpendRequest:
    """Ask for money of a fund, for its community, with a receipt. Raises FundOver, FundTooSmall, EvidenceRefused."""
    media_type = kind_of(evidence)
    fund = locks.locked_fund(fund.pk)
    today = timezone.localdate(now or timezone.now())
    if fund.state != FundState.OPEN or not fund.starts_on <= today <= fund.ends_on:
        raise FundOver
    if amount_fen > free_in(fund):
        raise FundTooSmall
    return SpendRequest.objects.create(
        fund=fund,
        amount_fen=amount_fen,
        purpose=purpose.strip(),
        evidence=put_away(evidence),
        evidence_type=media_type,
        asked_by=asked_by,
    )


@transaction.atomic(durable=True)
def decide_spend_request(
    *, request: SpendRequest, approved: bool, decided_by: User, answer: str = "", now: datetime | None = None
) -> SpendRequest:
    """Owe the community what it asked for, with its next payout; or decline, with a word why.

    Raises: Decided, SecondPersonNeeded, FundOver, FundTooSmall.
    """
    now = now or timezone.now()
    fund = locks.locked_fund(request.fund_id)
    request = locks.locked_spend_request(request.pk)
    _refuse_unless_free(request, decided_by)
    if approved:
        if fund.state != FundState.OPEN:
            raise FundOver
        if request.amount_fen > left_in(fund):
            raise FundTooSmall
        owing.owe(
            owing.Owed(
                source=(SOURCE, request.pk),
                payee=fund.payee,
                amount_fen=request.amount_fen,
                funded_from=Account(AccountKind.FUND, str(fund.public_id)),
                reference=fund.title,
                available_at=now,
            )
        )
    request.answer = answer.strip()
    return _decided(request, approved=approved, decided_by=decided_by, now=now)


def close_due_funds(*, now: datetime | None = None) -> int:
    """Close the funds whose time is over and that owe no answer; return how many."""
    now = now or timezone.now()
    over = Fund.objects.filter(state=FundState.OPEN, ends_on__lt=timezone.localdate(now))
    waiting = SpendRequest.objects.filter(state=AskState.ASKED).values("fund")
    closed = 0
    for fund in over.exclude(pk__in=waiting):
        try:
            close_fund(fund=fund, now=now)
            closed += 1
        except Decided:
            continue
        except Exception:
            logger.exception("fund %s could not be closed", fund.pk)
    return closed


@transaction.atomic(durable=True)
def close_fund(*, fund: Fund, now: datetime | None = None) -> Fund:
    """Close a fund: what is left goes back to where it came from, the latest allocation first.

    What still waits for an answer keeps it open. Raises Decided.
    """
    now = now or timezone.now()
    fund = locks.locked_fund(fund.pk)
    if fund.state != FundState.OPEN or fund.spend_requests.filter(state=AskState.ASKED).exists():
        raise Decided
    left = left_in(fund)
    for allocation in fund.allocations.filter(state=AskState.APPROVED).order_by("-decided_at", "-pk"):
        back = min(left, allocation.amount_fen)
        if back:
            _give_back(fund, allocation, back, now)
            left -= back
    fund.state, fund.closed_at = FundState.CLOSED, now
    fund.save(update_fields=["state", "closed_at"])
    return fund


def _refuse_unless_free(asked: Allocation | SpendRequest, decided_by: User) -> None:
    if asked.state != AskState.ASKED:
        raise Decided
    if asked.asked_by_id == decided_by.pk:
        raise SecondPersonNeeded


def _decided(asked: Asked, *, approved: bool, decided_by: User, now: datetime) -> Asked:
    asked.state = AskState.APPROVED if approved else AskState.DECLINED
    asked.decided_by, asked.decided_at = decided_by, now
    asked.save()
    return asked


def _refuse_beyond_budget(fund: Fund, amount_fen: int) -> None:
    if fund.state != FundState.OPEN:
        raise FundOver
    if put_in(fund) + amount_fen > fund.budget_fen:
        raise BudgetExceeded


def _put_in(fund: Fund, allocation: Allocation, decided_by: User, now: datetime) -> None:
    source = _FROM[MoneyFrom(allocation.money_from)]
    if source.kind == AccountKind.COMMISSION:
        locks.lock_public_good()
        if -balance_fen(source.kind, source.owner) < allocation.amount_fen:
            raise PublicGoodTooSmall
    post(
        key=f"grant:in:{allocation.public_id}",
        kind=EntryKind.GRANT,
        occurred_at=now,
        decided_by_id=decided_by.pk,
        legs=[
            (source, allocation.amount_fen),
            (Account(AccountKind.FUND, str(fund.public_id)), -allocation.amount_fen),
        ],
    )


def _give_back(fund: Fund, allocation: Allocation, back_fen: int, now: datetime) -> None:
    post(
        key=f"grant:back:{allocation.public_id}",
        kind=EntryKind.GRANT,
        occurred_at=now,
        legs=[
            (Account(AccountKind.FUND, str(fund.public_id)), back_fen),
            (_FROM[MoneyFrom(allocation.money_from)], -back_fen),
        ],
    )
    allocation.returned_fen = back_fen
    allocation.save(update_fields=["returned_fen"])
