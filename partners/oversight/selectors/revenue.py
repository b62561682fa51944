"""What youth services earned in a month, taken from the ledger leg by leg: the sums are the ledger's, or it is not printed."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet, Sum

from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import Leg
from payments.settlement.enums import EarnedBy
from payments.settlement.models import ClawBack, Earning

from ..errors import LedgerDiffers
from ..rules import YOUTH_SERVICES
from ..sections import ALL, Cell, Figures, Section
from ..spans import Span

PLAN = "plan"
OTHER = "other"
_EARNED = (EntryKind.EARNING, EntryKind.CLAW_BACK)
_ACCOUNTS = (AccountKind.PARTNER, AccountKind.COMMISSION, AccountKind.PLANS)

Sums = dict[str, dict[str, int]]


def revenue_figures(span: Span) -> Figures:
    """Return income of a month by what was delivered, youth services apart, and the ledger's own sums beside.

    Raises:
        LedgerDiffers: the parts do not add up to the ledger's sums; nothing is reported then.
    """
    sums = _by_delivery(span)
    ledger = ledger_sums(span)
    parts = {account: sum(row.get(account, 0) for row in sums.values()) for account in _ACCOUNTS}
    if any(parts[account] != ledger[account] for account in _ACCOUNTS):
        raise LedgerDiffers
    rows = [_row(what, sums[what]) for what in (*EarnedBy.values, PLAN, OTHER) if what in sums]
    youth = [row for row in rows if row[1] == "youth"]
    ledger_rows: list[list[Cell]] = [[str(each), ledger[each]] for each in _ACCOUNTS]
    ledger_rows.append([ALL, sum(ledger.values())])
    return Figures(
        [
            Section("revenue", ["tag", "partner_fen", "commission_fen", "plans_fen", "sum_fen"], rows),
            Section("youth", ["sum_fen"], [["youth", _sum(youth)], [ALL, _sum(rows)]]),
            Section("ledger", ["sum_fen"], ledger_rows),
        ]
    )


def ledger_sums(span: Span) -> dict[AccountKind, int]:
    """What the accounts of income moved in the span, as the ledger adds it up. Income stands below zero there."""
    found = _legs(span).order_by().values_list("account").annotate(fen=Sum("amount_fen"))
    told: dict[str, int] = dict(found)
    return {account: -told.get(account, 0) for account in _ACCOUNTS}


def _legs(span: Span) -> "QuerySet[Leg]":
    inside = Q(entry__occurred_at__gte=span.begins_at, entry__occurred_at__lt=span.ends_at)
    earned = Q(entry__kind__in=_EARNED, account__in=(AccountKind.PARTNER, AccountKind.COMMISSION))
    undone = Q(entry__reverses__kind__in=_EARNED, account__in=(AccountKind.PARTNER, AccountKind.COMMISSION))
    return Leg.objects.filter(inside).filter(earned | undone | Q(account=AccountKind.PLANS))


def _by_delivery(span: Span) -> Sums:
    legs = list(_legs(span).values_list("entry__key", "entry__reverses__key", "account", "amount_fen"))
    delivered = _deliveries({undone or key for key, undone, account, _ in legs if account != AccountKind.PLANS})
    sums: Sums = defaultdict(lambda: defaultdict(int))
    for key, undone, account, fen in legs:
        what = PLAN if account == AccountKind.PLANS else delivered.get(undone or key, OTHER)
        sums[what][account] -= fen
    return sums


def _deliveries(entry_keys: Collection[str]) -> dict[str, str]:
    """Return what was delivered, by the key of the entry that booked it or took it back."""
    found = {f"claw_back:{key}": what for key, what in _taken_back(entry_keys)}
    sources = {_source(key) for key in entry_keys if key.startswith("earning:")}
    earnings = Earning.objects.filter(
        source_kind__in={kind for kind, _ in sources}, source_id__in={pk for _, pk in sources}
    )
    for kind, pk, what in earnings.values_list("source_kind", "source_id", "earned_by"):
        found[f"earning:{kind}:{pk}"] = what
    return found


def _taken_back(entry_keys: Collection[str]) -> Iterable[tuple[str, str]]:
    keys = [key.removeprefix("claw_back:") for key in entry_keys if key.startswith("claw_back:")]
    return ClawBack.objects.filter(key__in=keys).values_list("key", "earning__earned_by")


def _source(key: str) -> tuple[str, int]:
    """Return the source that an entry's key names: "earning:line:17"."""
    kind, _, pk = key.removeprefix("earning:").rpartition(":")
    return kind, int(pk)


def _row(what: str, sums: dict[str, int]) -> list[Cell]:
    figures = [sums.get(account, 0) for account in _ACCOUNTS]
    return [what, "youth" if what in YOUTH_SERVICES else "not_youth", *figures, sum(figures)]


def _sum(rows: list[list[Cell]]) -> int:
    return sum(int(row[-1] or 0) for row in rows)
