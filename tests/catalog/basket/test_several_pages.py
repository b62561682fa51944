"""A series looked at and kept, and places taken together: all or none."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from catalog.basket.models import Line
from catalog.scheduling.enums import Attendee, Mode
from catalog.scheduling.models import Booking
from tests.factories import (
    make_booking,
    make_group_occupancy,
    make_group_service,
    make_parent,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
    signed_in,
)

pytestmark = pytest.mark.django_db
TEN = shanghai(next_weekday(5, weeks=1), 10)
WEEK = timedelta(weeks=1)


@pytest.fixture
def parent():
    return make_parent(children=2)


@pytest.fixture
def service():
    provider = make_provider(keeps_holidays=False)
    return make_service(provider, series_limit=4, modes=[Mode.VIDEO], price_fen=36_000)


def address(name, service, **more):
    return f"/basket/choose/{name}" + "?" + urlencode({"service": service.pk, "start": TEN.isoformat()} | more)


def series_page(service, parent, **more):
    child = parent.children.order_by("pk").first()
    wishes = {"child": child.public_id, "mode": "video", "every": 1, "count": 3}
    return address("series/", service, provider=service.providers.get().pk, **wishes | more)


def kept(parent, service, dates):
    child = parent.children.order_by("pk").first()
    chosen = {f"date-{number}": date.isoformat() for number, date in enumerate(dates) if date}
    return {"child": str(child.public_id), "mode": "video", "every": 1, "count": len(dates)} | chosen


class TestSeries:
    def test_the_way_there_is_shown_only_where_there_is_one(self, parent, service):
        client = signed_in(parent)
        assert "/basket/choose/series/" in client.get(address("", service)).content.decode()
        single = make_service(make_provider())
        assert "/basket/choose/series/" not in client.get(address("", single)).content.decode()
        assert client.get(address("series/", single)).url == single.product.get_absolute_url()

    def test_it_first_asks_how_often(self, parent, service):
        shown = signed_in(parent).get(address("series/", service)).content.decode()
        assert "看看日期" in shown and "保留这些时间" not in shown

    def test_every_date_is_shown_and_nothing_is_kept(self, parent, service):
        make_booking(service=service, starts_at=TEN + WEEK)
        shown = signed_in(parent).get(series_page(service, parent)).content.decode()
        assert shown.count("有空") == 2 and shown.count("这个时间约不到") == 1 and "¥1080" in shown.replace(",", "")
        assert not Line.objects.exists()

    def test_a_free_date_can_be_changed(self, parent, service):
        shown = signed_in(parent).get(series_page(service, parent, change=1)).content.decode()
        assert shown.count('type="radio" name="date-1"') > 2

    def test_all_dates_are_kept_in_one_go(self, parent, service):
        dates = [TEN, TEN + WEEK + timedelta(hours=1), TEN + 2 * WEEK]
        answer = signed_in(parent).post(series_page(service, parent), kept(parent, service, dates))
        assert answer.url == "/checkout/"
        assert [booking.starts_at for booking in Booking.objects.order_by("starts_at")] == dates
        assert Booking.objects.values("series").distinct().count() == 1 and Line.objects.count() == 3

    def test_one_is_left_out(self, parent, service):
        signed_in(parent).post(series_page(service, parent), kept(parent, service, [TEN, None, TEN + 2 * WEEK]))
        assert Booking.objects.count() == 2

    @pytest.mark.parametrize("dates", [[TEN, None], [None, None]])
    def test_fewer_than_two_is_no_series(self, parent, service, dates):
        answer = signed_in(parent).post(series_page(service, parent), kept(parent, service, dates))
        assert answer.status_code == 409 and 'role="alert"' in answer.content.decode()
        assert not Booking.objects.exists()

    def test_somebody_was_quicker(self, parent, service):
        make_booking(service=service, starts_at=TEN + WEEK)
        answer = signed_in(parent).post(series_page(service, parent), kept(parent, service, [TEN, TEN + WEEK]))
        assert answer.status_code == 409 and "这个时间约不到" in answer.content.decode()
        assert Booking.objects.count() == 1

    def test_nobody_plans_for_a_strangers_child(self, parent, service):
        other = make_parent()
        assert signed_in(other).get(series_page(service, parent)).status_code == 422

    def test_nonsense_is_no_page(self, parent, client, service):
        assert signed_in(parent).get("/basket/choose/series/?service=x&start=y").status_code == 404
        assert client.get(series_page(service, parent)).status_code == 302


class TestTogether:
    @pytest.fixture
    def group(self):
        return make_group_occupancy(make_group_service(admits_guardian=True), starts_at=TEN, seats=3)

    def page(self, group):
        return address("together/", group.service, occupancy=group.public_id)

    def mode(self, group):
        return group.service.modes[0]

    def test_siblings_and_a_guardian_take_their_seats(self, parent, group):
        client = signed_in(parent)
        assert "我也一起来" in client.get(self.page(group)).content.decode()
        ids = [str(child.public_id) for child in parent.children.all()]
        wishes = {"children": ids, "with_guardian": "1", "mode": self.mode(group)}
        assert client.post(self.page(group), wishes).url == "/checkout/"
        seats = Booking.objects.values_list("attendee", flat=True)
        assert sorted(seats) == [Attendee.CHILD, Attendee.CHILD, Attendee.GUARDIAN]
        assert Line.objects.count() == 3

    def test_all_or_none(self, parent, group):
        make_booking(occupancy=group)
        make_booking(occupancy=group)
        ids = [str(child.public_id) for child in parent.children.all()]
        answer = signed_in(parent).post(self.page(group), {"children": ids, "mode": self.mode(group)})
        assert answer.status_code == 409
        assert not Booking.objects.filter(booked_by=parent).exists()

    def test_one_alone_is_not_together(self, parent, group):
        ids = [str(parent.children.first().public_id)]
        answer = signed_in(parent).post(self.page(group), {"children": ids, "mode": self.mode(group)})
        assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()

    def test_siblings_each_with_a_provider_of_their_own(self, parent):
        one = make_provider()
        service = make_service(one, modes=[Mode.VIDEO])
        service.providers.add(make_provider(partner=one.partner))
        client = signed_in(parent)
        assert "/basket/choose/together/" in client.get(address("", service)).content.decode()
        ids = [str(child.public_id) for child in parent.children.all()]
        assert client.post(address("together/", service), {"children": ids, "mode": "video"}).url == "/checkout/"
        assert Booking.objects.values("occupancy__provider").distinct().count() == 2

    def test_strangers_children_are_not_taken(self, parent, group):
        other = signed_in(make_parent())
        ids = [str(child.public_id) for child in parent.children.all()]
        assert other.post(self.page(group), {"children": ids, "mode": self.mode(group)}).status_code == 422
        assert not Booking.objects.exists()
