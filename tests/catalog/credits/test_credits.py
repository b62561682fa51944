"""Packages of sessions: granted once, spent once, given back, and refunded to the fen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import put_product_in_basket
from catalog.credits.enums import GrantSource
from catalog.credits.errors import NotForMoney, NothingLeft, NotYourCredits, RefundOfCreditsChanged
from catalog.credits.models import CreditGrant, CreditUse
from catalog.credits.selectors import grants_for_bookings, refundable_part
from catalog.credits.services import end_due_grants, grant_credits, refund_unused, remind_of_ending
from catalog.fulfilment.earning import value_of
from catalog.order.enums import OrderStatus
from catalog.order.errors import CreditGone
from catalog.order.models import Order
from catalog.order.services import cancel_booked_line, release_order
from catalog.scheduling.enums import BookingStatus, CancelledBy
from marketplace.families.models import Guardianship
from marketplace.notifications.models import Message
from payments.enums import RefundReason
from payments.models import PaymentIntent, Refund
from tests import factories
from tests.catalog.order.placed import free_start, pay, place, put_session
from tests.factories.money import make_package
from tests.support.concurrency import run_concurrently

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def service():
    return factories.make_service(price_fen=36_000)


def add_guardian(child, person):
    """Another parent of the same child."""
    Guardianship.objects.create(child=child, guardian=person, relation="father")


def buy(parent, package) -> CreditGrant:
    put_product_in_basket(user=parent, product=package.product)
    order = place(parent)
    pay(order)
    return CreditGrant.objects.get(order_line__order=order)


def book(parent, service, grant, *, hour=10, **fields) -> Order:
    """An order of one session, paid by a grant."""
    put_session(parent, service, starts_at=free_start(hour=hour), **fields)
    line = open_basket_of(parent).lines.get()
    return place(parent, credits={line.pk: grant.public_id}, shown_fen=0)


def test_a_paid_package_grants_once_what_it_promises(parent, service):
    grant = buy(parent, make_package(service, sessions=3, price_fen=100_000))
    assert (grant.total, grant.left, grant.unit_fen, grant.value_fen) == (3, 3, 33_333, 100_000)
    assert list(grant.services.all()) == [service]
    order = grant.order_line.order
    from catalog.order.signals import order_paid

    order_paid.send(sender=Order, order=order)
    assert CreditGrant.objects.count() == 1


def test_a_session_paid_by_a_package_costs_nothing_and_is_booked_at_once(parent, service):
    grant = buy(parent, make_package(service, sessions=3, price_fen=100_000))
    order = book(parent, service, grant)
    line = order.lines.get()
    assert (order.status, order.total_fen, line.price_fen, line.credit_fen) == (OrderStatus.PAID, 0, 0, 33_333)
    assert line.list_price_fen == 36_000
    assert line.booking.status == BookingStatus.BOOKED
    assert not PaymentIntent.objects.filter(payable_id=order.pk, payable_kind="order").exists()
    grant.refresh_from_db()
    assert (grant.left, grant.left_fen) == (2, 66_667)
    assert value_of(line) == 33_333


def test_the_last_session_takes_what_remains(parent, service):
    grant = buy(parent, make_package(service, sessions=3, price_fen=100_000))
    values = [book(parent, service, grant, hour=hour).lines.get().credit_fen for hour in (9, 11, 13)]
    assert values == [33_333, 33_333, 33_334]
    put_session(parent, service, starts_at=free_start(hour=15))
    line = open_basket_of(parent).lines.get()
    with pytest.raises(CreditGone):
        place(parent, credits={line.pk: grant.public_id})


def test_cancelled_in_time_the_session_comes_back(parent, service):
    grant = buy(parent, make_package(service))
    line = book(parent, service, grant).lines.get()
    cancelled = cancel_booked_line(booking_id=line.booking_id, cancelled_by=CancelledBy.FAMILY, initiator=parent)
    grant.refresh_from_db()
    assert cancelled.is_credit_back and cancelled.refund_fen == 0
    assert (grant.left, grant.consumed_fen) == (5, 0)
    assert "已经退回次卡" in Message.objects.filter(recipient=parent).latest("pk").body
    assert value_of(line) == 0


def test_cancelled_late_it_is_used(parent, service):
    grant = buy(parent, make_package(service))
    line = book(parent, service, grant).lines.get()
    late = free_start() - timedelta(hours=3)
    cancelled = cancel_booked_line(
        booking_id=line.booking_id, cancelled_by=CancelledBy.FAMILY, initiator=parent, now=late
    )
    grant.refresh_from_db()
    assert not cancelled.is_credit_back
    assert grant.left == 4


def test_cancelled_by_the_provider_it_comes_back_even_late_and_after_the_end(parent, service):
    grant = buy(parent, make_package(service))
    line = book(parent, service, grant).lines.get()
    CreditGrant.objects.update(expires_at=timezone.now() - timedelta(days=1))
    end_due_grants()
    late = free_start() - timedelta(hours=1)
    cancel_booked_line(
        booking_id=line.booking_id, cancelled_by=CancelledBy.PROVIDER, initiator=factories.make_staff(), now=late
    )
    grant.refresh_from_db()
    assert grant.left == 1 and grant.ended_at is None
    assert grant.expires_at == late + timedelta(days=30)


def test_an_order_that_dies_unpaid_gives_the_session_back_and_late_money_takes_it_again(parent, service):
    grant = buy(parent, make_package(service))
    put_session(parent, service)
    put_product_in_basket(user=parent, product=factories.make_course(price_fen=5_000))
    session = open_basket_of(parent).lines.get(booking__isnull=False)
    order = place(parent, credits={session.pk: grant.public_id})
    assert order.total_fen == 5_000
    release_order(order_id=order.pk, reason="expired")
    grant.refresh_from_db()
    assert grant.left == 5

    pay(order)
    grant.refresh_from_db()
    assert order.status == OrderStatus.PAID and grant.left == 4
    assert CreditUse.objects.filter(given_back_at=None).count() == 1


class TestWho:
    def test_another_guardian_of_the_child_may_use_it(self, parent, service):
        grant = buy(parent, make_package(service))
        child = parent.children.first()
        other = factories.make_parent(children=0)
        add_guardian(child, other)
        order = book(other, service, grant, child=child)
        assert order.lines.get().credit_fen == grant.unit_fen

    def test_a_stranger_may_not(self, parent, service):
        grant = buy(parent, make_package(service))
        stranger = factories.make_parent()
        put_session(stranger, service)
        line = open_basket_of(stranger).lines.get()
        assert grants_for_bookings(stranger, [(line.booking, 36_000)])[line.booking_id] == []
        with pytest.raises(CreditGone):
            place(stranger, credits={line.pk: grant.public_id})
        assert open_basket_of(stranger) is not None

    def test_it_pays_only_for_what_it_covers(self, parent, service):
        grant = buy(parent, make_package(service))
        put_session(parent, factories.make_service(price_fen=10_000))
        line = open_basket_of(parent).lines.get()
        with pytest.raises(CreditGone):
            place(parent, credits={line.pk: grant.public_id})

    def test_one_bought_for_a_child_is_that_childs(self, parent, service):
        grant = buy(parent, make_package(service))
        CreditGrant.objects.update(child=factories.make_child(parent))
        put_session(parent, service)
        line = open_basket_of(parent).lines.get()
        with pytest.raises(CreditGone):
            place(parent, credits={line.pk: grant.public_id})


class TestAllowance:
    def test_a_plans_sessions_cover_any_individual_session_up_to_their_worth(self, parent, service):
        grant = grant_credits(
            owner=parent, source=(GrantSource.PLAN_CYCLE, 7), count=1, unit_fen=36_000, max_price_fen=36_000,
            expires_at=timezone.now() + timedelta(days=30),
        )  # fmt: skip
        assert book(parent, service, grant).lines.get().credit_fen == 36_000
        with pytest.raises(NotForMoney):
            refund_unused(grant=grant, units=1, asked_by=parent)

    def test_not_above_and_not_a_group(self, parent):
        grant = grant_credits(
            owner=parent, source=(GrantSource.PLAN_CYCLE, 8), count=1, unit_fen=30_000, max_price_fen=30_000,
            expires_at=timezone.now() + timedelta(days=30),
        )  # fmt: skip
        put_session(parent, factories.make_service(price_fen=30_001))
        line = open_basket_of(parent).lines.get()
        assert grants_for_bookings(parent, [(line.booking, 30_001)])[line.booking_id] == []
        assert grants_for_bookings(parent, [(line.booking, 30_000)])[line.booking_id] == [grant]

    def test_the_same_source_grants_once(self, parent):
        fields = {"owner": parent, "count": 2, "unit_fen": 1, "expires_at": timezone.now() + timedelta(days=1)}
        first = grant_credits(source=(GrantSource.PLAN_CYCLE, 9), **fields)
        assert grant_credits(source=(GrantSource.PLAN_CYCLE, 9), **fields) == first


class TestMoneyBack:
    def test_in_parts_and_whole_it_is_what_was_paid(self, parent, service):
        grant = buy(parent, make_package(service, sessions=3, price_fen=100_000))
        first = refund_unused(grant=grant, units=1, asked_by=parent, shown_fen=33_333)
        rest = refund_unused(grant=grant, units=2, asked_by=parent, shown_fen=66_667)
        assert first.amount_fen + rest.amount_fen == 100_000
        assert set(Refund.objects.values_list("reason", flat=True)) == {RefundReason.UNUSED}
        grant.refresh_from_db()
        assert grant.left == 0 and grant.ended_at is not None
        with pytest.raises(NothingLeft):
            refund_unused(grant=grant, units=1, asked_by=parent)

    def test_used_sessions_are_not_paid_back(self, parent, service):
        grant = buy(parent, make_package(service, sessions=3, price_fen=100_000))
        book(parent, service, grant)
        grant.refresh_from_db()
        assert refundable_part(grant).sums == [(1, 33_333), (2, 66_667)]

    def test_after_a_goodwill_never_more_than_is_left_of_the_price(self, parent, service):
        from catalog.order.services.refunding import ask_line_refund

        grant = buy(parent, make_package(service, sessions=2, price_fen=100_000))
        ask_line_refund(line=grant.order_line, amount_fen=80_000, reason=RefundReason.GOODWILL, initiator=parent)
        assert refundable_part(grant).sums == [(1, 20_000), (2, 20_000)]
        assert refund_unused(grant=grant, units=2, asked_by=parent).amount_fen == 20_000

    def test_only_the_owner_and_only_what_was_shown(self, parent, service):
        grant = buy(parent, make_package(service))
        with pytest.raises(NotYourCredits):
            refund_unused(grant=grant, units=1, asked_by=factories.make_parent())
        with pytest.raises(RefundOfCreditsChanged):
            refund_unused(grant=grant, units=1, asked_by=parent, shown_fen=1)
        assert not Refund.objects.exists()


class TestTheEnd:
    def test_it_is_announced_a_month_and_a_week_before_once_each(self, parent, service):
        grant = buy(parent, make_package(service, valid_days=180))
        for days_left, told in [(31, 0), (30, 1), (29, 0), (7, 1), (6, 0)]:
            assert remind_of_ending(now=grant.expires_at - timedelta(days=days_left)) == told, days_left
        told = Message.objects.filter(recipient=parent, subject="有次数快到期了", channel="in_app")
        assert told.count() == 2

    def test_what_is_not_used_goes_back_by_itself(self, parent, service):
        grant = buy(parent, make_package(service, sessions=3, price_fen=100_000))
        book(parent, service, grant)
        assert end_due_grants(now=grant.expires_at) == 1
        assert end_due_grants(now=grant.expires_at) == 0
        assert Refund.objects.get().amount_fen == 66_667

    def test_a_plans_rest_ends_without_money(self, parent):
        grant = grant_credits(
            owner=parent, source=(GrantSource.PLAN_CYCLE, 7), count=2, unit_fen=100,
            expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        assert end_due_grants(now=grant.expires_at) == 1
        assert not Refund.objects.exists()

    def test_nothing_is_booked_with_what_has_ended(self, parent, service):
        grant = buy(parent, make_package(service))
        CreditGrant.objects.update(expires_at=timezone.now())
        put_session(parent, service)
        line = open_basket_of(parent).lines.get()
        with pytest.raises(CreditGone):
            place(parent, credits={line.pk: grant.public_id})


def test_the_database_overdraws_nothing(parent, service):
    grant = buy(parent, make_package(service, sessions=2))
    for wrong in ({"used": 3}, {"returned": 3}, {"consumed_fen": grant.value_fen + 1}, {"consumed_fen": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CreditGrant.objects.filter(pk=grant.pk).update(**wrong)


class TestTheLastOne:
    """Two bookings want the last session of a package, on two connections."""

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("is_guarded", [True, False])
    def test_of_two_bookings_one_gets_it(self, is_guarded, monkeypatch):
        mother = factories.make_parent()
        child = mother.children.first()
        father = factories.make_parent(children=0)
        add_guardian(child, father)
        services = [factories.make_service(price_fen=36_000) for _each in range(2)]
        grant = grant_credits(
            owner=mother, source=(GrantSource.GOODWILL, 1), count=1, unit_fen=36_000, services=services,
            expires_at=timezone.now() + timedelta(days=30),
        )  # fmt: skip
        baskets = []
        for hour, guardian, service in ((10, mother, services[0]), (14, father, services[1])):
            put_session(guardian, service, child=child, starts_at=free_start(hour=hour))
            baskets.append((guardian, open_basket_of(guardian).lines.get().pk))
        if not is_guarded:
            self._look_before_writing(monkeypatch)

        def go(number):
            guardian, line_id = baskets[number]
            return place(guardian, credits={line_id: grant.public_id}, address=None)

        outcomes = run_concurrently(go, times=2)

        errors = [outcome.error for outcome in outcomes if outcome.error]
        grant.refresh_from_db()
        assert grant.used == 1
        if is_guarded:
            assert [type(error) for error in errors] == [CreditGone]
            assert CreditUse.objects.count() == 1
        else:  # both saw one left, both wrote "one used": a session too many was given away
            assert errors == [] and CreditUse.objects.count() == 2

    def _look_before_writing(self, monkeypatch):
        """Count in Python, as a naive service would, and without the database's constraint on values."""
        import threading

        from catalog.credits.services import spending

        meeting = threading.Barrier(2, timeout=30)

        def naive(grant_id, *, now):
            grant = CreditGrant.objects.get(pk=grant_id)
            if not grant.left:
                return False
            meeting.wait()
            CreditGrant.objects.filter(pk=grant_id).update(used=grant.used + 1)
            return True

        monkeypatch.setattr(spending, "_take_one", naive)
        monkeypatch.setattr(spending, "next_value_fen", lambda grant: 0)


def test_a_plans_period_opens_and_ends_its_sessions(parent):
    from types import SimpleNamespace

    from catalog.credits.selectors import used_of_cycle
    from payments.subscriptions.models import BillingCycle
    from payments.subscriptions.signals import cycle_ended, cycle_opened

    cycle = SimpleNamespace(
        pk=77, sessions=2, session_unit_fen=36_000, period_ends_at=timezone.now() + timedelta(days=30)
    )
    subscription = SimpleNamespace(user=parent)
    for _again in range(2):
        cycle_opened.send(BillingCycle, subscription=subscription, cycle=cycle)
    grant = CreditGrant.objects.get()
    assert (grant.total, grant.unit_fen, grant.expires_at) == (2, 36_000, cycle.period_ends_at)
    book(parent, factories.make_service(price_fen=36_000), grant)
    assert used_of_cycle(77) == 1
    cycle_ended.send(BillingCycle, subscription=subscription, cycle=cycle)
    grant.refresh_from_db()
    assert grant.ended_at is not None and not Refund.objects.exists()
