"""A partner's months, and what stands behind each sum."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from payments.settlement.models import Earning, Payout, Statement


@dataclass(frozen=True)
class StatementRow:
    """One row of a statement: an earning, or (below zero) what a refund took back of one."""

    at: datetime
    what: str
    reference: str
    gross_fen: int
    commission_fen: int
    net_fen: int
    is_claw_back: bool = False


def statements_of(payee: UUID) -> QuerySet[Statement]:
    """A partner's statements, the latest first."""
    return Statement.objects.filter(payee=payee).order_by("-period_on")


def coming_earnings(payee: UUID) -> QuerySet[Earning]:
    """What a partner has earned and no statement holds yet, the soonest available first."""
    return Earning.objects.filter(payee=payee, statement=None).order_by("available_at", "pk")


def payouts_of(payee: UUID) -> QuerySet[Payout]:
    """A partner's payouts that left the drafting table, the latest first."""
    return Payout.objects.filter(payee=payee).exclude(state__in=["draft", "withdrawn"]).order_by("-drafted_at", "-pk")


def statement_rows(statement: Statement) -> list[StatementRow]:
    """Everything a statement sums up, by time; three queries for any number."""
    return sorted(_rows(statement), key=lambda row: row.at)


def _rows(statement: Statement) -> Iterator[StatementRow]:
    for earning in statement.earnings.all():
        yield StatementRow(
            at=earning.fulfilled_at,
            what=earning.get_earned_by_display(),
            reference=earning.reference,
            gross_fen=earning.gross_fen,
            commission_fen=earning.commission_fen,
            net_fen=earning.net_fen,
        )
    for back in statement.claw_backs.select_related("earning"):
        yield StatementRow(
            at=back.happened_at,
            what=back.earning.get_earned_by_display(),
            reference=back.earning.reference,
            gross_fen=-back.gross_fen,
            commission_fen=-back.commission_fen,
            net_fen=-back.net_fen,
            is_claw_back=True,
        )
