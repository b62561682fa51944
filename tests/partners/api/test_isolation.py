"""One organisation's key and another one's ids: nothing is said and nothing is done, at any address of the interface."""

import json
import re
from uuid import uuid4

import pytest

from catalog.fulfilment.models import Shipment
from catalog.partner.models import Membership
from catalog.scheduling.enums import BookingStatus
from partners.api.fhir.capability import SEARCHES
from partners.api.models import IdempotentCall
from partners.api.v1.description import operations
from tests import factories
from tests.catalog.order import placed

from .calling import Program, make_organisation

BODIES = {
    "attendance": {"attended": True},
    "cancel": {},
    "shipped": {"carrier": "示例快递", "tracking_number": "SF1"},
}


@pytest.fixture
def other(db):
    """Another clinic with everything that has an id: a provider, a service, a booking, an order, a parcel."""
    organisation = make_organisation()
    family = factories.make_parent()
    goods = factories.make_goods(partner=organisation.partner)
    order = placed.order_of(family, organisation.service, goods)
    placed.pay(order)
    booking = order.lines.get(booking__isnull=False).booking
    return organisation, {
        "provider_id": organisation.provider.public_id,
        "service_id": organisation.service.product_id,
        "booking_id": booking.public_id,
        "order_id": order.public_id,
        "shipment_id": Shipment.objects.get(order=order).public_id,
        "session": booking.occupancy.public_id,
    }


def filled(path, ids):
    return re.sub(r"\{(\w+)\}", lambda name: str(ids[name[1]]), path).removeprefix("/api/")


@pytest.mark.parametrize("operation", operations(), ids=lambda each: f"{each.method} {each.path}")
def test_nothing_of_another_organisation(program, other, operation):
    organisation, ids = other
    path = filled(operation.path, ids)
    is_read = operation.method == "GET"
    answer = program.get(path) if is_read else program.post(path, BODIES[path.rsplit("/", 1)[1]])

    assert answer.status_code == (404 if "{" in operation.path else 200)
    said = answer.content.decode()
    assert not [name for name, value in ids.items() if len(str(value)) > 20 and str(value) in said]
    assert organisation.partner.name not in said
    assert not IdempotentCall.objects.exists()
    own = Program(organisation.secret).get(f"v1/bookings/{ids['booking_id']}").json()
    assert own["status"] == BookingStatus.BOOKED
    assert Shipment.objects.get(public_id=ids["shipment_id"]).status == "waiting"


@pytest.mark.parametrize("operation", operations(), ids=lambda each: f"{each.method} {each.path}")
def test_ones_own_opens(other, operation):
    """The walk above would find nothing behind doors that are all shut."""
    organisation, ids = other
    path = filled(operation.path, ids)
    program = Program(organisation.secret)
    if operation.method == "GET":
        assert program.get(path).status_code == 200
    else:  # the session lies ahead, so nobody can have come yet
        answer = program.post(path, BODIES[path.rsplit("/", 1)[1]])
        assert answer.status_code == (409 if path.endswith("attendance") else 200)


@pytest.mark.parametrize("operation", operations(), ids=lambda each: f"{each.method} {each.path}")
def test_nothing_opens_without_a_key_or_with_a_browser(other, operation):
    organisation, ids = other
    path = f"/api/{filled(operation.path, ids)}"
    for client in (Program().client, factories.signed_in(organisation.manager)):
        assert client.generic(operation.method, path).status_code == 401


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("v1/bookings", "cursor=booking_id"),
        ("v1/orders", "cursor=order_id"),
        ("v1/shipments", "cursor=shipment_id"),
        ("v1/providers", "cursor=provider_id"),
        ("v1/services", "cursor=service_id"),
        ("v1/calendar", "cursor=session"),
    ],
)
def test_anothers_row_is_no_cursor(program, other, path, query):
    _, ids = other
    name, what = query.split("=")

    answer = program.get(path, **{name: ids[what]})

    assert answer.status_code == 422 and answer.json()["code"] == "cursor_unknown"


def test_anothers_provider_narrows_to_nothing(clinic, program, other):
    _, ids = other
    for path in ("v1/bookings", "v1/calendar"):
        assert program.get(path, provider=ids["provider_id"]).json()["items"] == []
    slots = f"v1/services/{clinic.service.product_id}/slots"
    assert program.get(slots, provider=ids["provider_id"]).status_code == 404


@pytest.mark.parametrize("kind", SEARCHES)
def test_fhir_says_nothing_of_another_organisation(clinic, program, other, kind):
    organisation, ids = other
    id_of = {
        "Practitioner": ids["provider_id"],
        "Schedule": ids["provider_id"],
        "HealthcareService": ids["service_id"],
        "Slot": ids["session"],
        "Appointment": ids["booking_id"],
    }[kind]
    queries = [{}, {"practitioner": str(ids["provider_id"])}] if kind == "Appointment" else [{}]
    if kind == "Slot":
        assert program.get("fhir/r4/Slot", schedule=str(ids["provider_id"])).status_code == 404
        queries = [{"schedule": str(clinic.provider.public_id)}]

    assert program.get(f"fhir/r4/{kind}/{id_of}").status_code == 404
    assert Program(organisation.secret).get(f"fhir/r4/{kind}/{id_of}").status_code == 200
    for query in queries:
        said = program.get(f"fhir/r4/{kind}", **query)
        assert said.status_code == 200 and str(id_of) not in json.dumps(
            [entry["resource"]["id"] for entry in said.json().get("entry", [])]
        )


def test_who_left_reads_nothing_by_a_key_they_made(other):
    organisation, ids = other
    Membership.objects.filter(user=organisation.manager).delete()

    assert Program(organisation.secret).get(f"v1/bookings/{ids['booking_id']}").status_code == 401
    assert Program(organisation.secret).get("fhir/r4/Appointment").status_code == 401


def test_an_id_of_nobody_is_answered_as_anothers_is(program, other):
    _, ids = other
    anothers, nobodys = (program.get(f"v1/bookings/{each}").json() for each in (ids["booking_id"], uuid4()))

    assert anothers == nobodys
