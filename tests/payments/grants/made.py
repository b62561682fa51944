"""Funds of the tests' own, in a few words."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from marketplace.accounts.models import User
from payments.grants.enums import MoneyFrom
from payments.grants.models import Allocation, Fund, SpendRequest
from payments.grants.services import FundPlan, ask_allocation, ask_to_spend, decide_allocation, open_fund
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen
from tests import factories

PDF = b"%PDF-1.7 receipt"


def make_fund(payee: UUID | None = None, *, budget_fen: int = 100_000, days: int = 30) -> Fund:
    """An empty fund that began yesterday."""
    today = timezone.localdate()
    plan = FundPlan(payee or uuid4(), "秋季活动", budget_fen, today - timedelta(days=1), today + timedelta(days=days))
    return open_fund(plan=plan, opened_by=factories.make_staff())


def make_allocation(fund: Fund, fen: int, *, money_from: MoneyFrom = MoneyFrom.DONATION) -> Allocation:
    """Money in the fund, by two people."""
    asked = ask_allocation(fund=fund, amount_fen=fen, money_from=money_from, asked_by=factories.make_staff())
    return decide_allocation(allocation=asked, approved=True, decided_by=factories.make_staff())


def ask(fund: Fund, fen: int, *, by: User | None = None, evidence: bytes = PDF) -> SpendRequest:
    """A community asks for money of its fund."""
    return ask_to_spend(
        fund=fund, amount_fen=fen, purpose="点心和水果", evidence=evidence, asked_by=by or factories.make_user()
    )


def fund_fen(fund: Fund) -> int:
    """What the ledger holds for a fund."""
    return -balance_fen(AccountKind.FUND, str(fund.public_id))
