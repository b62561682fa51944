"""The funnel counts rows, hides small numbers and knows no persons."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from catalog.order.models import Order
from marketplace.accounts.enums import Duty
from marketplace.core.formatting import SHANGHAI
from partners.finance.selectors.funnel import MONTHS, Tally, plan_funnel, shop_funnel
from tests.catalog.queries import queries_of
from tests.factories import make_parent, make_staff, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=SHANGHAI)


def order(number: int, *, placed: datetime, paid: datetime | None = None, user=None) -> Order:
    made = Order.objects.create(
        number=f"F{number}",
        user=user or make_parent(),
        status="paid" if paid else "expired",
        currency="CNY",
        total_incl_tax=0,
        total_excl_tax=0,
        paid_at=paid,
    )
    Order.objects.filter(pk=made.pk).update(date_placed=placed)
    return made


def counts(stage: str) -> list[int]:
    found = {str(each.label): each for each in shop_funnel(NOW).stages}
    return [tally.count for tally in found[stage].tallies]


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "少于 5"), (4, "少于 5"), (5, "5"), (1200, "1,200")])
def test_small_numbers_are_not_told_apart(count: int, shown: str) -> None:
    assert str(Tally(count)) == shown


def test_a_chart_draws_nothing_finer_than_is_said() -> None:
    assert {Tally(count).drawn for count in range(1, 5)} == {4}


def test_months_are_shanghai_s() -> None:
    first = datetime(2026, 11, 1, 0, 30, tzinfo=SHANGHAI)
    order(1, placed=first, paid=first)
    order(2, placed=first - timedelta(hours=1))
    assert counts("下了单")[:2] == [1, 1]
    assert counts("付了款")[:2] == [1, 0]
    assert len(counts("付了款")) == MONTHS


def test_again_is_a_family_that_had_paid_before() -> None:
    parent = make_parent()
    order(1, placed=NOW, paid=NOW - timedelta(days=40), user=parent)
    order(2, placed=NOW, paid=NOW - timedelta(days=2), user=parent)
    order(3, placed=NOW, paid=NOW - timedelta(days=2))
    assert counts("又来一次")[:2] == [1, 0]


def test_plans_are_counted_too() -> None:
    assert [str(stage.label) for stage in plan_funnel(NOW).stages] == ["开始试用", "自己选了续费", "付了一期"]


def test_page_hides_small_numbers_and_says_what_is_not_measured() -> None:
    for number in range(3):
        order(number, placed=timezone.now(), paid=timezone.now())
    finance = signed_in(make_staff(duties=[Duty.FINANCE]))
    text = finance.get("/finance/funnel/").content.decode()
    assert "少于 5" in text
    assert "不统计" in text
    assert ">3<" not in text
    before = queries_of(lambda: finance.get("/finance/funnel/"))
    order(9, placed=timezone.now(), paid=timezone.now())
    assert queries_of(lambda: finance.get("/finance/funnel/")) == before
