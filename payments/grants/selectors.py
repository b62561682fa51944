"""Reads of grants: funds, what is left in them, and everything that moved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.core.encryption.keys import prefetch_keys
from payments.grants.enums import AskState
from payments.grants.models import Allocation, Fund, SpendRequest
from payments.ledger.enums import AccountKind
from payments.ledger.models import Leg
from payments.ledger.selectors import balance_fen


@dataclass(frozen=True)
class FundMove:
    """One row of a fund's statement; `fen` above zero came in."""

    at: datetime
    what: str
    fen: int


def funds_of(payee: UUID) -> QuerySet[Fund]:
    """A community's funds, the latest first."""
    return Fund.objects.filter(payee=payee)


def left_in(fund: Fund) -> int:
    """What stands in a fund, in fen, by the ledger."""
    return -balance_fen(AccountKind.FUND, str(fund.public_id))


def left_in_each(funds: Collection[Fund]) -> dict[int, int]:
    """What stands in each of these funds, by id; one query."""
    owners = {str(fund.public_id): fund.pk for fund in funds}
    rows = Leg.objects.filter(account=AccountKind.FUND, owner__in=owners).values_list("owner")
    found = {owners[owner]: -fen for owner, fen in rows.annotate(fen=Sum("amount_fen"))}
    return {fund.pk: found.get(fund.pk, 0) for fund in funds}


def free_in(fund: Fund) -> int:
    """What may still be asked for: what is left, less what was asked for and waits."""
    waiting = fund.spend_requests.filter(state=AskState.ASKED).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    return left_in(fund) - waiting


def put_in(fund: Fund) -> int:
    """What was put into a fund and not returned, in fen."""
    rows = Allocation.objects.filter(fund=fund, state=AskState.APPROVED)
    sums = rows.aggregate(put=Sum("amount_fen"), back=Sum("returned_fen"))
    return (sums["put"] or 0) - (sums["back"] or 0)


def spend_requests_of(fund: Fund) -> list[SpendRequest]:
    """What was asked of a fund, the latest first, readable without a query per row."""
    rows = list(fund.spend_requests.select_related("asked_by", "decided_by"))
    prefetch_keys(rows)
    return rows


def fund_moves(fund: Fund) -> list[FundMove]:
    """A fund's statement: what came in, went out and went back, by time; from the ledger alone, one query."""
    legs = Leg.objects.filter(account=AccountKind.FUND, owner=str(fund.public_id)).select_related("entry")
    return [
        FundMove(leg.entry.occurred_at, _what(leg.entry.key), -leg.amount_fen)
        for leg in legs.order_by("entry__occurred_at", "entry_id")
    ]


def _what(key: str) -> str:
    if key.startswith("grant:in:"):
        return _("拨入")
    if key.startswith("grant:back:"):
        return _("到期退回")
    return _("批准用款")
