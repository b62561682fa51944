"""A family whose session is stopped hears of it, and chooses: somebody else, or all of the money back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.order.models import LineRefund
from catalog.rerouting.enums import Outcome
from catalog.rerouting.errors import OfferGone, ReroutingEnded
from catalog.rerouting.models import Rerouting
from catalog.rerouting.selectors import replacements
from catalog.rerouting.services import refund_rerouted, replace_rerouted, reroute_families, tend_reroutings
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.errors import NotYourBooking
from catalog.scheduling.models import Booking
from catalog.standing.services import lift
from marketplace.notifications.models import Message
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.catalog.standing.deciding import vetoed

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def booked(parent):
    """A paid session, too late to be cancelled for nothing by the family itself."""
    service = factories.make_service(price_fen=36_000, free_cancel_hours=24 * 21)
    order = order_of(parent, service)
    pay(order)
    return Booking.objects.get(booked_by=parent)


def told(booking):
    assert reroute_families() == 1
    return Rerouting.objects.get(booking=booking)


def refunded_fen(booking):
    return sum(each.refund.amount_fen for each in LineRefund.objects.filter(line__booking=booking))


class TestBeingTold:
    def test_once_with_a_page_and_in_words_for_a_strangers_eyes(self, booked, parent):
        vetoed(booked.service.product)
        row = told(booked)
        message = Message.objects.filter(recipient_id=parent.pk, key__startswith="rerouting").first()
        assert reverse("rerouting:choose", args=[row.public_id]) == message.url
        assert booked.service.product.title not in message.body
        assert booked.occupancy.provider.name not in message.body
        assert reroute_families() == 0

    @pytest.mark.parametrize("about", ["provider", "partner"])
    def test_whatever_stopped_it(self, booked, about):
        provider = booked.occupancy.provider
        vetoed(provider if about == "provider" else provider.partner)
        told(booked)

    def test_nobody_else_is(self, booked):
        vetoed(factories.make_service().product)
        assert reroute_families() == 0

    def test_there_is_time_to_think_but_never_until_the_session(self, booked):
        vetoed(booked.service.product)
        now = booked.starts_at - timedelta(hours=5)
        reroute_families(now=now)
        assert Rerouting.objects.get().decide_by == booked.starts_at - timedelta(hours=2)


class TestChoosing:
    def test_all_of_the_money_comes_back_whatever_the_windows_say(self, booked, parent):
        vetoed(booked.service.product)
        row = refund_rerouted(rerouting=told(booked), chosen_by=parent)
        booked.refresh_from_db()
        assert (booked.status, booked.cancelled_by) == (BookingStatus.CANCELLED, CancelledBy.PROVIDER)
        assert refunded_fen(booked) == 36_000
        assert row.outcome == Outcome.REFUNDED
        with pytest.raises(ReroutingEnded):
            refund_rerouted(rerouting=row, chosen_by=parent)

    def test_others_are_offered_who_give_the_same_kind_near_that_time(self, booked):
        other, paused = factories.make_service(), factories.make_service(product={"sale_state": "paused"})
        grown_up = factories.make_service(product={"age_from": 40, "age_to": 90})
        vetoed(booked.service.product)
        offers = replacements(booked, now=timezone.now())
        assert [offer.service for offer in offers] == [other]
        assert offers[0].slot.starts_at == booked.starts_at
        assert paused not in offers and grown_up not in offers

    def test_somebody_else_is_one_step_away_and_the_first_is_paid_back(self, booked, parent):
        factories.make_service()
        vetoed(booked.service.product)
        row = told(booked)
        wanted = replacements(booked, now=timezone.now())[0].key
        found = replace_rerouted(rerouting=row, wanted=wanted, chosen_by=parent)
        row.refresh_from_db()
        assert row.outcome == Outcome.REPLACED and refunded_fen(booked) == 36_000
        assert found.url.startswith(reverse("basket:choose"))

    def test_a_time_that_is_gone_changes_nothing(self, booked, parent):
        vetoed(booked.service.product)
        row = told(booked)
        with pytest.raises(OfferGone):
            replace_rerouted(rerouting=row, wanted="1@2026-01-01", chosen_by=parent)
        booked.refresh_from_db()
        assert booked.status == BookingStatus.BOOKED

    def test_nobody_else_chooses(self, booked):
        vetoed(booked.service.product)
        with pytest.raises(NotYourBooking):
            refund_rerouted(rerouting=told(booked), chosen_by=factories.make_parent())


class TestNotChoosing:
    def test_everything_is_given_back_when_the_time_is_over(self, booked):
        vetoed(booked.service.product)
        row = told(booked)
        assert tend_reroutings() == 0
        assert tend_reroutings(now=row.decide_by) == 1
        row.refresh_from_db()
        assert row.outcome == Outcome.RUN_OUT and refunded_fen(booked) == 36_000

    def test_a_lifted_veto_leaves_the_booking_as_it_was(self, booked, parent):
        veto = vetoed(booked.service.product)
        row = told(booked)
        lift(withholding=veto, lifted_by=veto.decided_by, because="示例：查明没有问题，已撤销。")
        assert tend_reroutings() == 1
        row.refresh_from_db()
        booked.refresh_from_db()
        assert (row.outcome, booked.status) == (Outcome.RESTORED, BookingStatus.BOOKED)
        assert Message.objects.filter(recipient_id=parent.pk, subject="预约照常进行").exists()


class TestPage:
    def test_shows_offers_and_gives_the_money_back(self, booked, parent):
        factories.make_service(product={"title": "另一项"})
        vetoed(booked.service.product)
        page = reverse("rerouting:choose", args=[told(booked).public_id])
        client = factories.signed_in(parent)
        assert "另一项" in client.get(page).content.decode()
        answer = client.post(page + "refund/", follow=True)
        assert "全部原路退回" in answer.content.decode()
        assert refunded_fen(booked) == 36_000

    def test_is_nobody_elses(self, booked):
        vetoed(booked.service.product)
        page = reverse("rerouting:choose", args=[told(booked).public_id])
        assert factories.signed_in(factories.make_parent()).get(page).status_code == 404
