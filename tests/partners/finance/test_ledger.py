"""The ledger page: what is looked for, and the table to take away."""

import csv
import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.order.models import Order
from marketplace.accounts.enums import Duty
from marketplace.core.formatting import SHANGHAI
from partners.finance.selectors.books import PLAIN, balance_rows
from partners.finance.selectors.owners import owner_names
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.services import Account, post
from payments.settlement.models import FeeLine
from tests.catalog.queries import queries_of
from tests.factories import make_parent, make_partner, make_staff, signed_in
from tests.payments.grants.made import make_fund
from tests.payments.settlement.made import make_fees

pytestmark = pytest.mark.django_db
URL = "/finance/ledger/"
ORDERS = Account(AccountKind.ORDERS)


@pytest.fixture
def finance():
    return signed_in(make_staff(duties=[Duty.FINANCE]))


def capture(key: str, about: int, *, gateway: str = "alipay", at: datetime | None = None) -> None:
    post(
        key=f"capture:{key}",
        kind=EntryKind.CAPTURE,
        about=("order", about),
        occurred_at=at,
        legs=[(Account(AccountKind.CLEARING, gateway), 36000), (ORDERS, -36000)],
    )


def keys(finance, **query: str) -> list[str]:
    return [row.entry.key for row in finance.get(URL, query).context["entries"]]


def make_order(number: str) -> Order:
    return Order.objects.create(
        number=number, user=make_parent(), status="paid", currency="CNY", total_incl_tax=0, total_excl_tax=0
    )


def test_every_account_is_explained() -> None:
    assert PLAIN.keys() == set(AccountKind)


def test_owed_and_earned_stand_as_they_grow() -> None:
    partner = make_partner(name="青禾心理（示例）")
    capture("a", 1)
    shared = [(ORDERS, 36000), (Account(AccountKind.PARTNER, str(partner.public_id)), -30000)]
    post(key="earn:a", kind=EntryKind.EARNING, legs=[*shared, (Account(AccountKind.COMMISSION, "base"), -6000)])
    rows = {(row.kind, row.owner_name): row.fen for row in balance_rows()}
    assert rows[AccountKind.CLEARING, "支付宝"] == 36000
    assert rows[AccountKind.PARTNER, "青禾心理（示例）"] == 30000
    assert rows[AccountKind.ORDERS, ""] == 0


def test_looked_for_by_account_order_and_day(finance) -> None:
    order = make_order("261122-ABC")
    yesterday = timezone.now() - timedelta(days=1)
    capture("a", order.pk)
    capture("b", order.pk + 1, gateway="wechat", at=yesterday)
    assert keys(finance) == ["capture:a", "capture:b"]
    assert keys(finance, account="clearing:wechat") == ["capture:b"]
    assert keys(finance, account="orders:") == ["capture:a", "capture:b"]
    assert keys(finance, about="261122-ABC") == ["capture:a"]
    assert keys(finance, about=f"order:{order.pk + 1}") == ["capture:b"]
    day = yesterday.astimezone(SHANGHAI).date().isoformat()
    assert keys(finance, until=day) == ["capture:b"]
    assert keys(finance, since=day, until=day) == ["capture:b"]
    assert "没有这个订单号" in finance.get(URL, {"about": "nothing"}).content.decode()


def test_costs_the_same_for_one_entry_and_for_three(finance) -> None:
    capture("a", make_order("n1").pk)
    finance.get(URL)
    one = queries_of(lambda: finance.get(URL))
    capture("b", make_order("n2").pk), capture("c", make_order("n3").pk)
    assert queries_of(lambda: finance.get(URL)) == one


def test_table_to_take_away_is_what_was_looked_for(finance) -> None:
    capture("a", make_order("n1").pk)
    capture("b", 999, gateway="wechat")
    answer = finance.get(reverse("finance:ledger_csv"), {"account": "clearing:alipay"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[4:] for row in rows[1:]] == [["支付机构待结算", "支付宝", "360.00"], ["客户预付款", "", "-360.00"]]
    assert {row[3] for row in rows[1:]} == {"n1"}


def test_no_cell_is_a_formula(finance) -> None:
    owner = f"=cmd|{uuid4()}"
    post(
        key="=1+1",
        kind=EntryKind.ADJUSTMENT,
        legs=[(Account(AccountKind.FUND, owner), 5), (Account(AccountKind.LOSSES), -5)],
    )
    text = b"".join(finance.get(reverse("finance:ledger_csv")).streaming_content).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_owners_are_called_by_their_names() -> None:
    partner = make_partner(name="青禾心理（示例）")
    fund = make_fund()
    line = make_fees(published=False).lines.first()
    FeeLine.objects.filter(pk=line.pk).update(label="平台服务费")
    accounts = [
        (AccountKind.PARTNER, str(partner.public_id)),
        (AccountKind.FUND, str(fund.public_id)),
        (AccountKind.COMMISSION, line.code),
        (AccountKind.CLEARING, "alipay"),
        (AccountKind.PARTNER, "nobody"),
    ]
    names = owner_names(accounts)
    assert [names[account] for account in accounts] == [
        "青禾心理（示例）", fund.title, "平台服务费", "支付宝", "nobody",
    ]  # fmt: skip
