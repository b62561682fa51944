"""Today and the week in the clinic portal."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, OccupancyKind
from tests.catalog.order.placed import order_of, pay
from tests.factories.catalogue import make_group_service, make_service
from tests.factories.partners import make_partner, make_provider
from tests.factories.people import (
    make_child,
    make_parent,
    make_partner_staff,
    make_user,
    signed_in,
)
from tests.factories.scheduling import (
    make_booking,
    make_group_occupancy,
    make_occupancy,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db


def saturday(hour: int):
    return shanghai(next_weekday(5), hour)


def day_url(moment) -> str:
    return f"{reverse('clinics:day')}?on={timezone.localtime(moment).date().isoformat()}"


def booked(partner, *, hour: int = 10, **fields):
    service = make_service(make_provider(partner=partner))
    parent = make_parent(children=0)
    child = make_child(parent, nickname=fields.pop("nickname", "小禾"))
    return make_booking(service=service, starts_at=saturday(hour), child=child, booked_by=parent, **fields)


def test_a_clinics_people_see_every_providers_day_and_a_practitioner_only_their_own():
    partner = make_partner()
    first, second = booked(partner, nickname="小禾"), booked(partner, nickname="阿宁", hour=11)
    practitioner = make_user()
    first.occupancy.provider.user = practitioner
    first.occupancy.provider.save()

    everything = signed_in(make_partner_staff(partner)).get(day_url(first.occupancy.starts_at)).content.decode()
    own = signed_in(practitioner).get(day_url(second.occupancy.starts_at)).content.decode()

    assert "小禾" in everything and "阿宁" in everything
    assert "小禾" in own and "阿宁" not in own


@pytest.mark.parametrize("name", ["day", "week", "services", "hours", "shipments"])
def test_a_stranger_finds_no_portal(name):
    booked(make_partner())

    assert signed_in(make_parent()).get(reverse(f"clinics:{name}")).status_code == 404


@pytest.mark.parametrize("name", ["day", "week", "services", "hours", "shipments"])
def test_who_is_not_signed_in_is_asked_to(client, name):
    answer = client.get(reverse(f"clinics:{name}"))

    assert answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


def test_another_clinic_cannot_touch_the_booking():
    booking = booked(make_partner())
    stranger = signed_in(make_partner_staff(make_partner()))

    marked = stranger.post(reverse("clinics:attendance", args=[booking.public_id]), {"attended": "yes"})
    cancelled = stranger.post(reverse("clinics:cancel", args=[booking.public_id]))

    booking.refresh_from_db()
    assert (marked.status_code, cancelled.status_code, booking.status) == (404, 404, BookingStatus.BOOKED)


@pytest.mark.parametrize(("said", "status"), [("yes", BookingStatus.FULFILLED), ("no", BookingStatus.NOSHOW)])
def test_the_provider_marks_a_session_held_or_not_attended(said, status):
    partner = make_partner()
    service = make_service(make_provider(partner=partner))
    booking = make_booking(service=service, starts_at=timezone.now() - timedelta(hours=1))

    signed_in(make_partner_staff(partner)).post(
        reverse("clinics:attendance", args=[booking.public_id]), {"attended": said}
    )

    booking.refresh_from_db()
    assert booking.status == status


def test_a_session_that_has_not_begun_cannot_be_marked():
    partner = make_partner()
    booking = booked(partner)

    answer = signed_in(make_partner_staff(partner)).post(
        reverse("clinics:attendance", args=[booking.public_id]), {"attended": "yes"}, follow=True
    )

    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


@pytest.mark.parametrize("page", ["day", "week"])
def test_one_session_or_three_cost_the_same_queries(page, django_assert_num_queries):
    partner = make_partner()
    client = signed_in(make_partner_staff(partner))
    first = booked(partner)
    url = day_url(first.occupancy.starts_at).replace(reverse("clinics:day"), reverse(f"clinics:{page}"))
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for hour in (11, 12):
        booked(partner, hour=hour)

    with django_assert_num_queries(len(one)):
        client.get(url)


def test_what_several_families_wrote_is_opened_with_one_look_for_keys(django_assert_num_queries):
    partner = make_partner()
    staff = signed_in(make_partner_staff(partner))
    notes = ["到店会晚五分钟", "请叫她小满", "爸爸带他来"]

    def one_more(note: str):
        order = order_of(make_parent(), make_service(make_provider(partner=partner)), note=note)
        pay(order)
        return order.lines.get().booking.occupancy.starts_at

    url = day_url(one_more(notes[0]))
    staff.get(url)
    with CaptureQueriesContext(connection) as one:
        assert notes[0] in staff.get(url).content.decode()
    for note in notes[1:]:
        one_more(note)
    with django_assert_num_queries(len(one)):
        page = staff.get(url).content.decode()
    assert all(note in page for note in notes)


def test_the_week_shows_how_full_a_group_is():
    partner = make_partner()
    provider = make_provider(partner=partner)
    occupancy = make_group_occupancy(make_group_service(provider), starts_at=saturday(15), seats=8)
    make_booking(occupancy=occupancy)

    page = signed_in(make_partner_staff(partner)).get(
        reverse("clinics:week"), {"on": timezone.localtime(occupancy.starts_at).date().isoformat()}
    )

    assert "1 / 8" in page.content.decode()


def test_a_day_without_sessions_says_so():
    partner = make_partner()
    make_provider(partner=partner)

    assert "这一天没有预约" in signed_in(make_partner_staff(partner)).get(reverse("clinics:day")).content.decode()


def test_released_time_is_not_shown():
    partner = make_partner()
    occupancy = make_occupancy(make_service(make_provider(partner=partner)), starts_at=saturday(10), is_live=False)

    page = signed_in(make_partner_staff(partner)).get(day_url(occupancy.starts_at))

    assert "这一天没有预约" in page.content.decode()


def week_with(booking):
    """The week as it is laid out, and the booking's day in it."""
    on = timezone.localtime(booking.occupancy.starts_at).date()
    client = signed_in(make_partner_staff(booking.occupancy.provider.partner))
    week = client.get(reverse("clinics:week"), {"on": on.isoformat()}).context["week"]
    return week, next(day for day in week.days if day.on == on)


def spans(day, kind: str) -> list[str]:
    shown = [block for block in day.blocks if block.kind == kind]
    return [f"{timezone.localtime(b.starts_at):%H:%M}-{timezone.localtime(b.ends_at):%H:%M}" for b in shown]


def test_the_week_shows_what_is_taken_and_what_is_left():
    _week, day = week_with(booked(make_partner(), hour=10))

    assert [booking.child.nickname for block in day.sessions for booking in block.occupancy.places] == ["小禾"]
    assert spans(day, "session") == ["10:00-10:50"]
    assert spans(day, "free") == ["09:00-10:00", "11:00-18:00"]
    assert day.free_hours == 8


def test_a_hold_that_has_ended_is_shown_as_free():
    over = timezone.now() - timedelta(minutes=1)

    _week, day = week_with(booked(make_partner(), hour=10, status=BookingStatus.PENDING, held_until=over))

    assert (day.sessions, spans(day, "free")) == ([], ["09:00-18:00"])


@pytest.mark.parametrize("hour", [6, 20])
def test_the_week_reaches_as_far_as_there_is_something_in_it(hour):
    week, _day = week_with(booked(make_partner(), hour=hour))

    assert hour in week.hours


def test_sessions_at_the_same_time_stand_beside_one_another():
    partner = make_partner()
    first = booked(partner, hour=10)
    booked(partner, hour=10)
    booked(partner, hour=12)

    _week, day = week_with(first)

    assert [(block.lane, block.lanes) for block in day.sessions] == [(0, 2), (1, 2), (0, 1)]


def test_what_one_of_several_keeps_for_themselves_is_drawn_in_their_own_week_only():
    partner = make_partner()
    booking = booked(partner, hour=10)
    provider = booking.occupancy.provider
    make_occupancy(booking.service, starts_at=saturday(14), kind=OccupancyKind.BLOCKED)
    desk = signed_in(make_partner_staff(partner))
    week = f"{reverse('clinics:week')}?on={next_weekday(5).isoformat()}"

    alone = desk.get(f"{week}&provider={provider.public_id}").content.decode()
    booked(partner, hour=11)
    together = desk.get(week).content.decode()

    assert "wk__block--reserved" in alone
    assert "wk__block--reserved" not in together and "wk__block--session" in together
