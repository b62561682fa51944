"""Where finance duty begins: what waits, and where the money stands."""

import pytest
from django.urls import reverse

from marketplace.accounts.enums import Duty
from marketplace.accounts.selectors import start_page_of
from partners.finance.selectors.waiting import everything_waiting
from payments.enums import IncidentKind
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.services import Account, post
from payments.services.incidents import raise_incident
from tests.catalog.queries import queries_of
from tests.factories import make_parent, make_staff, signed_in

pytestmark = pytest.mark.django_db
PAGES = ("home", "ledger", "ledger_csv", "fapiao_queue", "funnel")


@pytest.fixture
def finance():
    return signed_in(make_staff(duties=[Duty.FINANCE]))


def captured(number: int, fen: int = 36000) -> None:
    post(
        key=f"capture:t{number}",
        kind=EntryKind.CAPTURE,
        about=("order", number),
        legs=[(Account(AccountKind.CLEARING, "alipay"), fen), (Account(AccountKind.ORDERS), -fen)],
    )


def test_counts_what_waits(finance) -> None:
    raise_incident(kind=IncidentKind.UNKNOWN_TRADE, key="x", gateway="alipay")
    text = finance.get(reverse("finance:home")).content.decode()
    assert "付款异常" in text
    assert {desk.url_name: desk.count for desk in everything_waiting()}["incidents"] == 1


def test_every_desk_has_its_page() -> None:
    assert all(desk.href for desk in everything_waiting())


def test_balances_in_plain_words(finance) -> None:
    captured(1)
    text = finance.get(reverse("finance:home")).content.decode()
    assert "家庭付的钱，还在支付机构" in text
    assert text.count("¥360.00") == 2
    assert "每一笔都有来处和去处" in text


def test_home_costs_the_same_for_one_and_for_three_accounts(finance) -> None:
    captured(1)
    finance.get(reverse("finance:home"))
    one = queries_of(lambda: finance.get(reverse("finance:home")))
    for gateway in ("wechat", "stripe"):
        post(
            key=f"fee:{gateway}",
            kind=EntryKind.FEE,
            legs=[(Account(AccountKind.FEES, gateway), 5), (Account(AccountKind.CLEARING, gateway), -5)],
        )
    assert queries_of(lambda: finance.get(reverse("finance:home"))) == one


@pytest.mark.parametrize("page", PAGES)
def test_others_find_nothing(page: str) -> None:
    assert signed_in(make_parent()).get(reverse(f"finance:{page}")).status_code == 404
    assert signed_in(make_staff(duties=[Duty.SUPPORT])).get(reverse(f"finance:{page}")).status_code == 403


def test_finance_alone_starts_here_and_others_where_they_did() -> None:
    assert start_page_of(make_staff(duties=[Duty.FINANCE])) == reverse("finance:home")
    assert start_page_of(make_staff(duties=[Duty.FINANCE, Duty.SUPPORT])) == reverse("backoffice:questions")
