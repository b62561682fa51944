"""The ledger in plain words: balances by account, entries with their legs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.order.enums import PAYABLE_KIND
from catalog.order.models import Order
from payments.books.days import begins_at, ends_at
from payments.ledger import selectors as ledger
from payments.ledger.enums import AccountKind
from payments.ledger.models import JournalEntry, Leg

from .owners import owner_names

#: What an account holds, for somebody who never learned bookkeeping.
PLAIN: dict[AccountKind, str | Promise] = {
    AccountKind.CLEARING: gettext_lazy("家庭付的钱，还在支付机构，没打到我们银行"),
    AccountKind.BANK: gettext_lazy("在我们银行账户里"),
    AccountKind.ORDERS: gettext_lazy("家庭付了、服务还没提供；要么提供，要么退回"),
    AccountKind.PARTNER: gettext_lazy("机构已经挣到、我们还没打给它"),
    AccountKind.COMMISSION: gettext_lazy("平台挣到的服务费"),
    AccountKind.PLANS: gettext_lazy("平台挣到的会员费"),
    AccountKind.FEES: gettext_lazy("付给支付机构的手续费"),
    AccountKind.PAYOUTS: gettext_lazy("正在打给机构、还没有回音"),
    AccountKind.SUSPENSE: gettext_lazy("收到了，但对不上是谁的"),
    AccountKind.DISPUTES: gettext_lazy("银行卡争议期间被扣住"),
    AccountKind.FUND: gettext_lazy("社区活动资金，还没花掉"),
    AccountKind.DISCOUNTS: gettext_lazy("优惠由平台承担的部分"),
    AccountKind.LOSSES: gettext_lazy("核对后由平台承担的差额"),
}

#: These grow on the credit side: what we owe, and what we earned.
_OWED_OR_EARNED = {
    AccountKind.ORDERS,
    AccountKind.PARTNER,
    AccountKind.COMMISSION,
    AccountKind.PLANS,
    AccountKind.SUSPENSE,
    AccountKind.FUND,
}


@dataclass(frozen=True)
class BalanceRow:
    """One account; `fen` is positive the way this kind of account usually stands."""

    kind: AccountKind
    owner: str
    owner_name: str
    fen: int

    @property
    def key(self) -> str:
        """How the filter names it."""
        return f"{self.kind}:{self.owner}"

    @property
    def meaning(self) -> str | Promise:
        """What the account holds, in plain words."""
        return PLAIN[self.kind]

    @property
    def side(self) -> str:
        """Ours, or owed and earned."""
        return _("欠付或收入") if self.kind in _OWED_OR_EARNED else _("持有或成本")


@dataclass(frozen=True)
class LegRow:
    """One leg of an entry, named."""

    account: str
    owner_name: str
    fen: int


@dataclass(frozen=True)
class EntryRow:
    """One entry with its legs; `order_number` where it is about an order."""

    entry: JournalEntry
    legs: list[LegRow]
    order_number: str


@dataclass(frozen=True)
class Wanted:
    """Which entries are looked for."""

    account: AccountKind | None = None
    owner: str = ""
    payable: tuple[str, int] | None = None
    since: date | None = None
    until: date | None = None


def balance_rows() -> list[BalanceRow]:
    """Every account with what stands in it."""
    found = ledger.balances()
    names = owner_names((kind, owner) for kind, owner, _fen in found)
    return [
        BalanceRow(kind, owner, names.get((kind, owner), ""), -fen if kind in _OWED_OR_EARNED else fen)
        for kind, owner, fen in found
    ]


def wanted_entries(wanted: Wanted) -> QuerySet[JournalEntry]:
    """The entries looked for, newest first, with legs."""
    found = ledger.entries(account=wanted.account, owner=wanted.owner or None)
    if wanted.payable:
        found = found.filter(payable_kind=wanted.payable[0], payable_id=wanted.payable[1])
    if wanted.since:
        found = found.filter(occurred_at__gte=begins_at(wanted.since))
    if wanted.until:
        found = found.filter(occurred_at__lt=ends_at(wanted.until))
    return found


def entry_rows(entries: Iterable[JournalEntry]) -> list[EntryRow]:
    """Entries with named accounts, in constant queries."""
    entries = list(entries)
    legs = {entry.pk: list(entry.legs.all()) for entry in entries}
    names = owner_names((AccountKind(leg.account), leg.owner) for each in legs.values() for leg in each)
    about = [entry.payable_id or 0 for entry in entries if entry.payable_kind == PAYABLE_KIND]
    numbers = dict(Order.objects.filter(pk__in=about).values_list("pk", "number"))
    return [
        EntryRow(
            entry,
            [_leg_row(leg, names) for leg in sorted(legs[entry.pk], key=lambda leg: -leg.amount_fen)],
            numbers.get(entry.payable_id or 0, "") if entry.payable_kind == PAYABLE_KIND else "",
        )
        for entry in entries
    ]


def _leg_row(leg: Leg, names: dict[tuple[AccountKind, str], str]) -> LegRow:
    kind = AccountKind(leg.account)
    return LegRow(str(kind.label), names.get((kind, leg.owner), ""), leg.amount_fen)


def payable_named(written: str) -> tuple[str, int] | None:
    """What somebody looks for: an order's number, or `kind:id` as entries name it. None when there is no such thing."""
    kind, colon, number = written.partition(":")
    if colon and number.isdecimal():
        return kind, int(number)
    order = Order.objects.filter(number=written).values_list("pk", flat=True).first()
    return (PAYABLE_KIND, order) if order is not None else None
