"""What partners are owed: all of it, what can be paid now, and why the rest waits."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from payments import owing
from payments.settlement.enums import LIVE_PAYOUT_STATES, PayoutState
from payments.settlement.models import ClawBack, Earning, Payout, PayoutAccount, Statement

#: Later than this nobody's bank asks for the money of a card payment back.
DISPUTABLE_FOR = timedelta(days=540)
_NET_LEFT = F("net_fen") - F("clawed_back_fen")


@dataclass(frozen=True)
class Balance:
    """In fen. `owed`: all that is earned and not paid; of it `coming`: on no statement yet, `held`: waits for a dispute,
    `under_way`: in payouts that have not arrived, `payable`: what a payout may take now (below zero: carried over).
    """

    owed_fen: int
    coming_fen: int
    held_fen: int
    under_way_fen: int
    payable_fen: int


def balance_of(payee: UUID) -> Balance:
    """What stands open between us and a partner."""
    return balances_of([payee])[payee]


def balances_of(payees: Collection[UUID]) -> dict[UUID, Balance]:
    """What stands open between us and each of these partners; the same few queries for any number."""
    carried = _carried_over(payees)
    coming = _sums(Earning.objects.filter(payee__in=payees, statement=None), _NET_LEFT)
    since = Payout.objects.filter(payee__in=payees, statement=None)
    paid = _sums(since.filter(state=PayoutState.PAID), F("amount_fen"))
    under_way = _sums(since.filter(state__in=LIVE_PAYOUT_STATES), F("amount_fen"))
    held = _held(payees)
    return {
        payee: Balance(
            owed_fen=carried[payee] + coming[payee] - paid[payee],
            coming_fen=coming[payee],
            held_fen=held[payee],
            under_way_fen=under_way[payee],
            payable_fen=carried[payee] - held[payee] - paid[payee] - under_way[payee],
        )
        for payee in payees
    }


def payable_now_fen(payee: UUID) -> int:
    """What a payout may take: what the last statement left, less every claw-back and payout since, and what is disputed."""
    return balance_of(payee).payable_fen


def account_in_force(payee: UUID, at: datetime | None = None) -> PayoutAccount | None:
    """The account a payout goes to at a moment."""
    return accounts_in_force([payee], at).get(payee)


def accounts_in_force(payees: Collection[UUID], at: datetime | None = None) -> dict[UUID, PayoutAccount]:
    """By partner, the account a payout goes to: the latest that was confirmed, has waited, and was not stopped."""
    counts = PayoutAccount.objects.filter(payee__in=payees, effective_at__lte=at or timezone.now(), stopped_at=None)
    return {account.payee: account for account in counts.order_by("effective_at", "pk")}


def account_under_change(payee: UUID, at: datetime | None = None) -> PayoutAccount | None:
    """A change that was asked for and does not count yet."""
    return accounts_under_change(at).filter(payee=payee).first()


def accounts_under_change(at: datetime | None = None) -> QuerySet[PayoutAccount]:
    """Every change that was asked for and does not count yet, the latest first."""
    open_ones = PayoutAccount.objects.filter(stopped_at=None).exclude(effective_at__lte=at or timezone.now())
    return open_ones.order_by("-asked_at", "-pk")


def _held(payees: Collection[UUID]) -> Mapping[UUID, int]:
    """What of the settled earnings belongs to payables whose money must stay here for now."""
    settled = Earning.objects.filter(
        payee__in=payees,
        statement__isnull=False,
        payable_id__isnull=False,
        fulfilled_at__gt=timezone.now() - DISPUTABLE_FOR,
    )
    rows = list(settled.values_list("payee", "payable_kind", "payable_id").annotate(fen=Sum(_NET_LEFT)))
    ids: dict[str, set[int]] = defaultdict(set)
    for _payee, kind, payable_id, _fen in rows:
        ids[kind].add(payable_id)
    stays = {kind: owing.held(kind, found) for kind, found in ids.items()}
    sums: dict[UUID, int] = defaultdict(int)
    for payee, kind, payable_id, fen in rows:
        if payable_id in stays[kind]:
            sums[payee] += fen
    return sums


def _carried_over(payees: Collection[UUID]) -> Mapping[UUID, int]:
    """What each last statement left, less what was taken back since of what statements hold."""
    last = Statement.objects.filter(payee__in=payees).order_by("payee", "-period_on").distinct("payee")
    closing = dict(last.values_list("payee", "closing_fen"))
    backs = ClawBack.objects.filter(earning__payee__in=payees, earning__statement__isnull=False, statement=None)
    taken = _sums(backs.annotate(payee=F("earning__payee")), F("net_fen"))
    return {payee: closing.get(payee, 0) - taken[payee] for payee in payees}


def _sums(rows: "QuerySet[Any]", what: Any) -> Mapping[UUID, int]:
    """Sum something up by payee; nothing is zero."""
    found = rows.order_by().values_list("payee").annotate(fen=Sum(what))
    return defaultdict(int, dict(found))
