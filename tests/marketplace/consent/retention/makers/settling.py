"""The ledger, what partners earned and were paid, the rules it follows, and communities' funds.

What the database never lets anybody change is made with its old date at once.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from payments.grants.enums import AskState, FundState, MoneyFrom
from payments.grants.evidence import put_away
from payments.grants.models import Allocation, Fund, SpendRequest
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.services import Account, post
from payments.numbers import new_trade_number
from payments.settlement.enums import Channel, EarnedBy, PayoutState
from payments.settlement.models import ClawBack, Earning, Payout, PayoutAccount, Statement
from tests import factories
from tests.payments.settlement.made import make_fees

from .made import DAY, Made, maker


@maker("ledger")
def _entry(at: datetime) -> Made:
    legs = [(Account(AccountKind.CLEARING, "alipay"), 100), (Account(AccountKind.ORDERS), -100)]
    row = post(key=uuid4().hex, kind=EntryKind.CAPTURE, legs=legs, occurred_at=at)
    # As the end of its own transaction would: the entry balances, looked at before it goes.
    connection.check_constraints()
    return Made(row, others=list(row.legs.all()))


@maker("fee_rules")
def _fee_rules(at: datetime) -> Made:
    row = make_fees(valid_from=at - 365 * DAY)
    make_fees(valid_from=at)
    return Made(row, others=list(row.lines.all()))


def _account(payee: UUID, at: datetime, **fields: Any) -> PayoutAccount:
    """An account that counts from the day after `at`."""
    return PayoutAccount.objects.create(
        payee=payee,
        channel=Channel.ALIPAY,
        holder="示例机构",
        number="pay@example.com",
        asked_by=factories.make_user(),
        asked_at=at - DAY,
        confirmed_by=factories.make_staff(duties=[]),
        confirmed_at=at,
        effective_at=at + DAY,
        **fields,
    )


@maker("payout_accounts")
def _payout_account(at: datetime) -> Made:
    payee = uuid4()
    row = _account(payee, at - 90 * DAY)
    _account(payee, at - DAY)
    return Made(row, row.asked_by.public_id)


def _statement(payee: UUID, at: datetime, **fields: int) -> Statement:
    sums = {"opening_fen": 0, "gross_fen": 0, "commission_fen": 0, "net_fen": 0, "paid_fen": 0, "closing_fen": 0}
    return Statement.objects.create(payee=payee, period_on=at.date().replace(day=1), drawn_up_at=at, **sums | fields)


def _payout(payee: UUID, at: datetime, **fields: Any) -> Payout:
    """Sent by two of us."""
    one, two = (factories.make_staff(duties=[]) for _ in range(2))
    return Payout.objects.create(
        payee=payee,
        amount_fen=100,
        out_payout_no=new_trade_number(),
        drafted_by=one,
        drafted_at=at,
        approved_by=two,
        approved_at=at,
        sent_by=two,
        sent_at=at,
        finished_at=at,
        **fields,
    )


@maker("statements")
def _statement_made(at: datetime) -> Made:
    payee = uuid4()
    row = _statement(payee, at, gross_fen=100, net_fen=100, paid_fen=100)
    _statement(payee, at + 40 * DAY)
    earning = Earning.objects.create(
        source_kind="thing",
        source_id=factories.next_number(),
        payee=payee,
        earned_by=EarnedBy.SESSION,
        paid_fen=150,
        commission_fen=0,
        net_fen=150,
        paid_back_fen=50,
        clawed_back_fen=50,
        fulfilled_at=at - 20 * DAY,
        available_at=at - 20 * DAY,
        statement=row,
    )
    back = {"paid_fen": 50, "borne_fen": 0, "commission_fen": 0, "net_fen": 50}
    claw_back = ClawBack.objects.create(earning=earning, key=uuid4().hex, happened_at=at, statement=row, **back)
    account = _account(payee, at - 90 * DAY)
    failed = _payout(payee, at - 9 * DAY, account=account, state=PayoutState.FAILED)
    paid = _payout(payee, at - 8 * DAY, account=account, state=PayoutState.PAID, retries=failed, statement=row)
    return Made(row, others=[earning, claw_back, failed, paid])


@maker("funds")
def _fund(at: datetime) -> Made:
    asker, one, two = factories.make_user(), *(factories.make_staff(duties=[]) for _ in range(2))
    decided = {"state": AskState.APPROVED, "decided_by": two, "decided_at": at - 9 * DAY}
    row = Fund.objects.create(
        payee=uuid4(),
        title="秋季活动",
        budget_fen=1_000,
        starts_on=at.date() - timedelta(days=60),
        ends_on=at.date(),
        state=FundState.CLOSED,
        opened_by=one,
        opened_at=at - 60 * DAY,
        closed_at=at,
    )
    put_in = Allocation.objects.create(
        fund=row, amount_fen=100, money_from=MoneyFrom.DONATION, asked_by=one, asked_at=at - 50 * DAY, **decided
    )
    spent = SpendRequest.objects.create(
        fund=row,
        amount_fen=100,
        purpose="点心和水果",
        evidence=put_away(b"%PDF-1.7 receipt"),
        evidence_type="application/pdf",
        asked_by=asker,
        asked_at=at - 10 * DAY,
        **decided,
    )
    return Made(row, asker.public_id, [put_in, spent])
