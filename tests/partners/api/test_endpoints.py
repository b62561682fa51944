"""What a program reads and does: its own organisation's time, bookings, orders and parcels."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.fulfilment.models import Shipment
from catalog.scheduling.enums import BookingStatus
from marketplace.core.audit.models import AuditEvent
from marketplace.notifications.models import Message
from partners.api.enums import Scope
from tests import factories
from tests.catalog.order import placed

from .calling import Program, make_organisation


@pytest.fixture
def family(db):
    return factories.make_parent()


def booked(organisation, family, **fields):
    """A paid booking, with the order it belongs to."""
    order = placed.order_of(family, organisation.service, **fields)
    placed.pay(order)
    return order.lines.get().booking


def test_what_is_offered(clinic, program):
    providers = program.get("v1/providers").json()["items"]
    services = program.get("v1/services").json()["items"]

    assert [each["id"] for each in providers] == [str(clinic.provider.public_id)]
    assert services[0]["id"] == clinic.service.product_id
    assert services[0]["providers"] == [str(clinic.provider.public_id)]
    assert services[0]["price_fen"] > 0


def test_free_times_become_busy_when_a_family_pays(clinic, program, family):
    starts_at = placed.free_start(hour=9)
    day = starts_at.date().isoformat()
    path = f"v1/services/{clinic.service.product_id}/slots"
    before = [each["starts_at"] for each in program.get(path, from_on=day, days=1).json()["items"]]

    booking = booked(clinic, family)

    after = [each["starts_at"] for each in program.get(path, from_on=day, days=1).json()["items"]]
    busy = program.get("v1/calendar", from_on=day, days=1).json()["items"]
    assert len(after) < len(before)
    assert [each["id"] for each in busy] == [str(booking.occupancy.public_id)]
    assert family.children.first().nickname not in program.get("v1/calendar", from_on=day).content.decode()


def test_a_booking_names_nobody_without_the_scope(db):
    organisation, family = make_organisation(Scope.BOOKINGS_READ), factories.make_parent()
    booking = booked(organisation, family)

    said = Program(organisation.secret).get(f"v1/bookings/{booking.public_id}")

    assert said.json()["client"] is None and said.json()["status"] == "booked"
    child = booking.child
    assert child.nickname not in said.content.decode() and str(child.public_id) not in said.content.decode()


def test_with_the_scope_a_name_is_said_and_the_look_is_written_down(clinic, program, family):
    booking = booked(clinic, family)
    looks = AuditEvent.objects.filter(subject_id=booking.child.public_id).count()

    said = program.get("v1/bookings").json()["items"]

    assert said[0]["client"] == {"id": str(booking.child.public_id), "name": booking.child.nickname}
    assert AuditEvent.objects.filter(subject_id=booking.child.public_id).count() > looks


def test_where_the_door_is_closed_the_booking_is_gone(clinic, program):
    """A booking of long ago serves nobody any more."""
    booking = factories.make_booking(
        service=clinic.service, starts_at=timezone.now() - timedelta(days=900), status=BookingStatus.FULFILLED
    )

    assert program.get(f"v1/bookings/{booking.public_id}").status_code == 404
    assert program.get("v1/bookings").json()["items"] == []


def test_holds_that_nobody_paid_for_are_not_listed(clinic, program):
    factories.make_booking(
        service=clinic.service, status=BookingStatus.PENDING, held_until=timezone.now() + timedelta(minutes=5)
    )

    assert program.get("v1/bookings").json()["items"] == []


def test_attendance_is_marked_and_a_correction_counts(clinic, program, family):
    booking = factories.make_booking(
        service=clinic.service, booked_by=family, starts_at=timezone.now() - timedelta(hours=2)
    )
    path = f"v1/bookings/{booking.public_id}/attendance"

    assert program.post(path, {"attended": True}).json()["status"] == "fulfilled"
    assert program.post(path, {"attended": False}).json()["status"] == "noshow"
    assert program.post(path, {"attended": "yes"}).status_code == 422


def test_what_is_refused_is_said_by_name(clinic, program, family):
    booking = booked(clinic, family)

    refused = program.post(f"v1/bookings/{booking.public_id}/attendance", {"attended": True})

    assert refused.status_code == 409 and refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "session_not_started"


def test_the_organisation_cancels_and_the_family_gets_everything_back(clinic, program, family):
    booking = booked(clinic, family)

    said = program.post(f"v1/bookings/{booking.public_id}/cancel")

    assert said.status_code == 200 and said.json()["status"] == "cancelled"
    assert said.json()["cancelled_by"] == "provider"
    line = booking.order_line
    assert line.refunds.get().refund.amount_fen == line.price_fen
    assert Message.objects.filter(recipient=family).exists()


def test_orders_show_ones_own_lines_alone(clinic, program, family):
    other = make_organisation()
    own, others = factories.make_goods(partner=clinic.partner), factories.make_goods(partner=other.partner)
    order = placed.order_of(family, own, others)
    assert program.get("v1/orders").json()["items"] == []  # not paid yet
    placed.pay(order)

    said = program.get("v1/orders").json()["items"][0]

    assert [line["title"] for line in said["lines"]] == [own.title]
    assert said["total_fen"] == sum(line["price_fen"] for line in said["lines"]) < order.total_fen
    assert program.get(f"v1/orders/{order.public_id}").json() == said


def test_a_parcel_is_read_and_sent(clinic, program, family):
    order = placed.order_of(family, factories.make_goods(partner=clinic.partner))
    placed.pay(order)
    shipment = Shipment.objects.get(order=order)

    listed = program.get("v1/shipments", status="waiting").json()["items"][0]
    read = program.get(f"v1/shipments/{shipment.public_id}").json()
    sent = program.post(f"v1/shipments/{shipment.public_id}/shipped", {"carrier": "示例快递", "tracking_number": "SF1"})

    assert listed["to"] is None and read["to"]["name"] == placed.ADDRESS.recipient
    assert AuditEvent.objects.filter(subject_id=family.public_id, actor_id=clinic.manager.public_id).exists()
    assert sent.json()["status"] == "shipped" and sent.json()["to"] is None
    assert program.get(f"v1/shipments/{shipment.public_id}").json()["to"] is None
    again = program.post(
        f"v1/shipments/{shipment.public_id}/shipped", {"carrier": "示例快递", "tracking_number": "SF1"}
    )
    assert again.json()["code"] == "already_shipped"


def test_a_long_list_goes_on_where_it_stopped(clinic, program, family):
    start = placed.free_start(weeks=1)
    bookings = [
        factories.make_booking(service=clinic.service, booked_by=family, starts_at=start + timedelta(hours=2 * n))
        for n in range(3)
    ]

    first = program.get("v1/bookings", limit=2).json()
    second = program.get("v1/bookings", limit=2, cursor=first["next"]).json()

    told = [each["id"] for each in first["items"] + second["items"]]
    assert told == [str(booking.public_id) for booking in reversed(bookings)] and second["next"] is None


@pytest.mark.parametrize("query", [{"cursor": "nonsense"}, {"limit": 0}, {"limit": 101}, {"status": "pending"}])
def test_what_is_not_understood_is_said_without_the_value(program, query):
    answer = program.get("v1/bookings", **query)

    assert answer.status_code == 422 and answer.json()["code"] == "not_understood"
    assert "nonsense" not in answer.content.decode()


@pytest.mark.parametrize("query", ["providr=1", "limit=1&limit=2", "from_on=2026-01-01&%00=1"])
def test_a_misspelt_filter_is_refused(program, query):
    assert program.client.get(f"/api/v1/bookings?{query}").status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_beyond_the_calendar_find_nothing(clinic, program, day):
    assert program.get("v1/calendar", from_on=day, days=31).json()["items"] == []
    assert program.get("v1/bookings", before_on="0001-01-01").json()["items"] == []
    slots = program.get(f"v1/services/{clinic.service.product_id}/slots", from_on="9999-12-31", days=14)
    assert slots.json()["items"] == []


@pytest.mark.parametrize("path", ["v1/bookings", "v1/orders", "v1/shipments", "v1/services", "v1/providers"])
def test_a_longer_list_asks_no_more(clinic, program, family, path):
    def add(number):
        provider = factories.make_provider(partner=clinic.partner)
        service = factories.make_service(provider)
        parent = factories.make_parent()
        placed.pay(placed.order_of(parent, service, factories.make_goods(partner=clinic.partner)))

    add(0)
    program.get(path)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        program.get(path)
    add(1)
    add(2)
    with CaptureQueriesContext(connection) as three:
        program.get(path)
    assert len(three) <= len(one)
