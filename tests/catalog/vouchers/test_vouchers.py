"""Codes in baskets and orders: counted once, given back when nobody pays, refunded as paid."""

import itertools
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.urls import reverse
from django.utils import timezone
from oscar.apps.voucher.models import Voucher

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import enter_code, put_product_in_basket, remove_code
from catalog.order.errors import PriceChanged
from catalog.order.models import Order
from catalog.order.services import cancel_booked_line, release_order
from catalog.scheduling.enums import CancelledBy
from catalog.vouchers import errors
from catalog.vouchers.rules import Terms
from catalog.vouchers.selectors import campaign_vouchers
from catalog.vouchers.services import make_voucher as make
from catalog.vouchers.services import spending
from payments.enums import SettleResult
from payments.models import Refund
from tests import factories
from tests.catalog.order.placed import pay, place, put_session
from tests.factories.money import make_package, make_voucher
from tests.support.concurrency import run_concurrently

pytestmark = pytest.mark.django_db
PATIENCE_SECONDS = 100


@pytest.fixture
def parent():
    return factories.make_parent()


def put(parent, *products):
    for product in products:
        put_product_in_basket(user=parent, product=product)


def test_a_discount_stands_on_the_lines_and_is_borne_by_the_platform(parent):
    put(parent, factories.make_course(price_fen=6_801), factories.make_goods(price_fen=12_800))
    voucher = make_voucher(percent=10)
    enter_code(user=parent, code=f" {voucher.code.lower()} ")
    order = place(parent, shown_fen=19_601 - 1_960)

    lines = list(order.lines.order_by("price_fen"))
    assert sum(line.discount_fen for line in lines) == 1_960
    assert order.total_fen == sum(line.price_fen for line in lines) == 17_641
    assert [line.list_price_fen for line in lines] == [6_801, 12_800]
    assert all(line.price_fen + line.discount_fen == line.list_price_fen for line in lines)
    assert order.discounts.get().voucher_code == voucher.code
    assert voucher.applications.get().order_id == order.pk


def test_a_discounted_session_gives_back_what_was_paid(parent):
    put_session(parent, factories.make_service(price_fen=36_000))
    enter_code(user=parent, code=make_voucher(amount_fen=2_000).code)
    order = place(parent)
    pay(order)
    line = order.lines.get()
    cancelled = cancel_booked_line(booking_id=line.booking_id, cancelled_by=CancelledBy.FAMILY, initiator=parent)
    assert cancelled.refund_fen == Refund.objects.get().amount_fen == 34_000


def test_an_order_that_dies_unpaid_gives_the_voucher_back(parent):
    voucher = make_voucher(percent=50, person_limit=1)
    for _again in range(2):
        put(parent, factories.make_course())
        enter_code(user=parent, code=voucher.code)
        order = place(parent)
        release_order(order_id=order.pk, reason="expired")
        assert not voucher.applications.exists()


def test_late_money_takes_the_voucher_again_or_goes_back(parent):
    voucher = make_voucher(percent=50, total_limit=1)
    put(parent, factories.make_course())
    enter_code(user=parent, code=voucher.code)
    order = place(parent)
    release_order(order_id=order.pk, reason="expired")

    other = factories.make_parent()
    put(other, factories.make_course())
    enter_code(user=other, code=voucher.code)
    place(other)

    assert pay(order) == SettleResult.REFUNDING
    assert Refund.objects.get().amount_fen == order.total_fen
    assert voucher.applications.count() == 1


def test_late_money_finds_a_free_voucher(parent):
    voucher = make_voucher(percent=50, total_limit=1)
    put(parent, factories.make_course())
    enter_code(user=parent, code=voucher.code)
    order = place(parent)
    release_order(order_id=order.pk, reason="expired")
    assert pay(order) == SettleResult.PAID
    assert voucher.applications.get().order_id == order.pk


def test_a_whole_discount_leaves_nothing_to_pay_and_opens_the_course(parent):
    put(parent, factories.make_course(price_fen=1_000))
    enter_code(user=parent, code=make_voucher(amount_fen=5_000).code)
    order = place(parent, shown_fen=0)
    assert order.paid_at is not None
    assert (order.lines.get().price_fen, order.lines.get().discount_fen) == (0, 1_000)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"start": timedelta(days=1)}, errors.VoucherNotYet),
        ({"end": timedelta(seconds=-1)}, errors.VoucherEnded),
        ({"code": "NOTHERE"}, errors.VoucherUnknown),
        ({"code": "   "}, errors.VoucherUnknown),
    ],
)
def test_a_code_that_cannot_be_used_says_why(parent, fields, refusal):
    put(parent, factories.make_course())
    now = timezone.now()
    make(
        code="CALM", name="x", terms=Terms(percent=5),
        starts_at=now + fields.get("start", timedelta(days=-2)), ends_at=now + fields.get("end", timedelta(days=2)),
    )  # fmt: skip
    with pytest.raises(refusal):
        enter_code(user=parent, code=fields.get("code", "calm"))


def test_limits_hold_for_a_person_and_for_all(parent):
    voucher = make_voucher(percent=10, person_limit=1, total_limit=2)
    put(parent, factories.make_course())
    enter_code(user=parent, code=voucher.code)
    place(parent)
    put(parent, factories.make_course())
    with pytest.raises(errors.VoucherUsedByYou):
        enter_code(user=parent, code=voucher.code)

    second = factories.make_parent()
    put(second, factories.make_course())
    enter_code(user=second, code=voucher.code)
    place(second)
    third = factories.make_parent()
    put(third, factories.make_course())
    with pytest.raises(errors.VoucherUsedUp):
        enter_code(user=third, code=voucher.code)


def test_a_voucher_that_ended_meanwhile_is_no_silent_surprise(parent):
    voucher = make_voucher(percent=10)
    put(parent, factories.make_course(price_fen=10_000))
    enter_code(user=parent, code=voucher.code)
    type(voucher).objects.update(end_datetime=timezone.now() - timedelta(minutes=1))
    with pytest.raises(PriceChanged):
        place(parent, shown_fen=9_000)
    assert place(parent, shown_fen=10_000).total_fen == 10_000


def test_below_the_minimum_nothing_is_taken_off_and_nothing_is_spent(parent):
    voucher = make_voucher(amount_fen=1_000, minimum_fen=20_000)
    put(parent, factories.make_course(price_fen=6_800))
    enter_code(user=parent, code=voucher.code)
    assert place(parent).total_fen == 6_800
    assert not voucher.applications.exists()


def test_packages_are_not_made_cheaper_still(parent):
    package = make_package(factories.make_service(), price_fen=160_000)
    put(parent, package.product, factories.make_course(price_fen=10_000))
    enter_code(user=parent, code=make_voucher(percent=50).code)
    order = place(parent)
    assert order.total_fen == 165_000
    assert order.lines.get(product=package.product).discount_fen == 0


def test_a_code_is_taken_once_and_terms_must_make_sense():
    make_voucher(code="SPRING")
    now = timezone.now()
    with pytest.raises(errors.CodeTaken):
        make(code="spring", name="y", terms=Terms(percent=5), starts_at=now, ends_at=now + timedelta(days=1))
    with pytest.raises(errors.TermsWrong):
        make(code="z", name="y", terms=Terms(), starts_at=now, ends_at=now + timedelta(days=1))
    with pytest.raises(errors.TermsWrong):
        make(code="z", name="y", terms=Terms(percent=5), starts_at=now, ends_at=now)
    assert campaign_vouchers().count() == 1


def test_codes_are_not_to_be_guessed(parent):
    put(parent, factories.make_course())
    tries = [errors.VoucherUnknown] * 10 + [errors.TooManyCodes]
    for number, refusal in enumerate(tries):
        with pytest.raises(refusal):
            enter_code(user=parent, code=f"GUESS{number}")


class TestPages:
    def test_a_code_is_entered_seen_and_taken_out(self, parent):
        client = factories.signed_in(parent)
        put(parent, factories.make_course(price_fen=10_000))
        voucher = make_voucher(percent=10)
        page = client.post(reverse("basket:code"), {"code": voucher.code}, follow=True).content.decode()
        assert voucher.code in page and "−¥10" in page and "¥90" in page
        page = client.post(reverse("basket:remove_code"), follow=True).content.decode()
        assert voucher.code not in page and "¥100" in page

    def test_a_wrong_code_is_explained_on_the_page(self, parent):
        put(parent, factories.make_course())
        answer = factories.signed_in(parent).post(reverse("basket:code"), {"code": "NOPE"})
        assert answer.status_code == 422 and "没有找到这个优惠码" in answer.content.decode()

    def test_nobody_enters_a_code_into_anothers_basket(self, parent):
        put(parent, factories.make_course())
        voucher = make_voucher()
        stranger = factories.signed_in(factories.make_parent())
        stranger.post(reverse("basket:code"), {"code": voucher.code})
        assert not open_basket_of(parent).vouchers.exists()

    def test_taking_out_what_is_not_there_is_no_error(self, parent):
        remove_code(user=parent)


class TestTheLastOne:
    """Two orders want the last use of a voucher, on two connections; both were priced with it."""

    @pytest.mark.django_db(transaction=True)
    def test_of_two_orders_one_gets_it(self, monkeypatch):
        was_locked = _ask_while_the_other_has_counted(monkeypatch)
        voucher, refused = _order_twice_with_the_last_one()
        assert was_locked == [True]
        assert [type(error) for error in refused] == [errors.VoucherUsedUp]
        assert voucher.applications.count() == Order.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_without_the_lock_both_get_it(self, monkeypatch):
        _take_the_lock_away(monkeypatch)
        voucher, refused = _order_twice_with_the_last_one()
        assert not refused
        assert voucher.applications.count() == Order.objects.count() == 2


def _order_twice_with_the_last_one() -> tuple[Any, list[Exception]]:
    """Return the voucher, and what was said to those who did not get it."""
    voucher = make_voucher(percent=10, total_limit=1)
    buyers = [factories.make_parent() for _each in range(2)]
    for buyer in buyers:
        put(buyer, factories.make_course())
        enter_code(user=buyer, code=voucher.code)
    outcomes = run_concurrently(lambda number: place(buyers[number], address=None), times=2)
    return voucher, [outcome.error for outcome in outcomes if outcome.error]


def _ask_while_the_other_has_counted(monkeypatch) -> list[bool]:
    """Let whoever comes second ask for the voucher when the first has counted its uses and written nothing yet.

    Returns a list to which it is added whether the second found the voucher locked.
    """
    lock, refuse = spending.locks.locked_voucher, spending.refuse_spent
    coming, counted, asked = itertools.count(), Event(), Event()
    was_locked: list[bool] = []

    def lock_in_turn(voucher_id):
        if next(coming) > 0:
            assert counted.wait(PATIENCE_SECONDS)
            was_locked.append(_is_locked(voucher_id))
            asked.set()
        return lock(voucher_id)

    def refuse_then_wait(*args, **kwargs):
        refuse(*args, **kwargs)
        counted.set()
        assert asked.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(spending.locks, "locked_voucher", lock_in_turn)
    monkeypatch.setattr(spending, "refuse_spent", refuse_then_wait)
    return was_locked


def _is_locked(voucher_id: int) -> bool:
    try:
        with transaction.atomic():
            Voucher.objects.select_for_update(nowait=True).get(pk=voucher_id)
    except OperationalError:
        return True
    return False


def _take_the_lock_away(monkeypatch) -> None:
    """Read without the lock, and meet between reading and writing."""
    meeting, refuse = Barrier(2, timeout=PATIENCE_SECONDS), spending.refuse_spent

    def refuse_then_wait(*args, **kwargs):
        refuse(*args, **kwargs)
        meeting.wait()

    monkeypatch.setattr(spending.locks, "locked_voucher", lambda voucher_id: Voucher.objects.get(pk=voucher_id))
    monkeypatch.setattr(spending, "refuse_spent", refuse_then_wait)
