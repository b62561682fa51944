"""HOS-01 at the portal: without a ground not one byte; and what is shown leaves a record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.scheduling.disclosure import CONTACT_AFTER, KEEPS_OPEN
from catalog.scheduling.models import Booking
from marketplace.consent.enums import DataItem, Reason
from marketplace.core.audit.models import AuditEvent
from tests.catalog.order.placed import pay, place, put_session
from tests.factories import (
    make_child,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    signed_in,
)

pytestmark = pytest.mark.django_db
NAME, NOTE, PHONE = "柳岸的小禾", "最近睡得不太好", "13900001111"


@pytest.fixture
def booking():
    service = make_service(make_provider(partner=make_partner()))
    parent = make_parent(children=0)
    make_child(parent, nickname=NAME)
    put_session(parent, service)
    pay(place(parent, note=NOTE, contact_phone=PHONE))
    return Booking.objects.select_related("occupancy__provider__partner", "child").get()


def pages(booking: Booking) -> list[str]:
    partner = booking.occupancy.provider.partner
    client = signed_in(make_partner_staff(partner))
    on = timezone.localtime(booking.occupancy.starts_at).date().isoformat()
    urls = [reverse("clinics:day"), reverse("clinics:week")]
    return [client.get(url, {"on": on}).content.decode() for url in urls]


def age(booking: Booking, since_the_end: timedelta) -> None:
    """Move the session so that it ended so long ago."""
    occupancy = booking.occupancy
    ends_at = timezone.now() - since_the_end
    starts_at = ends_at - (occupancy.ends_at - occupancy.starts_at)
    type(occupancy).objects.filter(pk=occupancy.pk).update(
        busy_from=starts_at, starts_at=starts_at, ends_at=ends_at, busy_until=ends_at
    )
    occupancy.refresh_from_db()


def test_a_session_to_come_shows_who_comes_and_how_to_reach_the_family(booking):
    day, week = pages(booking)

    assert all(words in day for words in (NAME, NOTE, PHONE))
    assert NAME in week and NOTE not in week and PHONE not in week


def test_a_week_after_the_session_the_phone_is_gone(booking):
    age(booking, CONTACT_AFTER + timedelta(hours=1))

    day, _ = pages(booking)

    assert NAME in day and PHONE not in day


def test_after_half_a_year_not_one_byte_is_left_and_the_page_says_why(booking):
    age(booking, KEEPS_OPEN + timedelta(hours=1))

    for html in pages(booking):
        assert not [words for words in (NAME, NOTE, PHONE) if words in html]
    assert "所以看不到" in pages(booking)[0]


def test_another_clinic_sees_nothing_of_it(booking):
    stranger = signed_in(make_partner_staff(make_partner()))
    on = timezone.localtime(booking.occupancy.starts_at).date().isoformat()

    for name in ("clinics:day", "clinics:week"):
        html = stranger.get(reverse(name), {"on": on}).content.decode()
        assert not [words for words in (NAME, NOTE, PHONE) if words in html]
    assert stranger.get(reverse("clinics:cancel", args=[booking.public_id])).status_code == 404


def test_a_page_leaves_a_record_of_what_was_seen_and_what_was_not(booking):
    age(booking, CONTACT_AFTER + timedelta(hours=1))

    pages(booking)

    events = AuditEvent.objects.filter(subject_id=booking.child.public_id)
    allowed, refused = events.get(reason=Reason.SERVICE, items__contains=["booking_detail"]), events.get(outcome="4")
    assert allowed.items == [DataItem.PROFILE, DataItem.BOOKING, DataItem.BOOKING_DETAIL]
    assert allowed.records == [booking.public_id]
    assert refused.items == [DataItem.CONTACT]
    assert booking.occupancy.provider.partner.name in allowed.actor_label
