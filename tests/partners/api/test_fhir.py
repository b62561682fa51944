"""FHIR R4: valid resources, who comes without name and id, errors as OperationOutcome."""

from datetime import timedelta

import pytest
from django.utils import timezone
from fhir.resources.R4B import get_fhir_model_class

from catalog.scheduling.enums import BookingStatus
from partners.api.enums import Scope
from partners.api.fhir.capability import SEARCHES
from tests import factories
from tests.catalog.order import placed

from .calling import Program, make_organisation


def valid(resource):
    """The resource, once fhir.resources has read it."""
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    return resource


@pytest.fixture
def booking(clinic):
    order = placed.order_of(factories.make_parent(), clinic.service)
    placed.pay(order)
    return order.lines.get().booking


def test_it_says_of_itself_what_it_can_to_everybody(client):
    answer = client.get("/api/fhir/r4/metadata")

    said = valid(answer.json())
    assert answer["Content-Type"] == "application/fhir+json" and said["fhirVersion"] == "4.0.1"
    assert {each["type"] for each in said["rest"][0]["resource"]} == set(SEARCHES)


@pytest.mark.parametrize("kind", [kind for kind in SEARCHES if kind != "Slot"])
def test_what_is_found_is_valid_and_can_be_read_by_its_id(clinic, program, booking, kind):
    found = valid(program.get(f"fhir/r4/{kind}").json())

    resource = found["entry"][0]["resource"]
    assert valid(resource)["resourceType"] == kind
    assert program.get(f"fhir/r4/{kind}/{resource['id']}").json() == resource


def test_slots_free_and_busy(clinic, program, booking):
    day = timezone.localtime(booking.occupancy.starts_at).date()
    found = valid(
        program.get("fhir/r4/Slot", schedule=f"Schedule/{clinic.provider.public_id}", start=day.isoformat()).json()
    )

    slots = [valid(entry["resource"]) for entry in found["entry"]]
    assert {slot["status"] for slot in slots} == {"free", "busy"}
    busy = next(slot for slot in slots if slot["status"] == "busy")
    assert busy["id"] == str(booking.occupancy.public_id) and busy["start"] == booking.occupancy.starts_at.isoformat()
    for slot in (busy, next(slot for slot in slots if slot["status"] == "free")):
        assert program.get(f"fhir/r4/Slot/{slot['id']}").json() == slot


def test_who_comes_has_neither_name_nor_id(clinic, program, booking):
    said = program.get(f"fhir/r4/Appointment/{booking.public_id}").content.decode()

    assert booking.child.nickname not in said and str(booking.child.public_id) not in said
    assert "Patient/" not in said


@pytest.mark.parametrize("status", [BookingStatus.PROPOSED, BookingStatus.BOOKED, BookingStatus.FULFILLED])
def test_appointments_are_valid_in_every_state(clinic, program, status):
    ahead = {"answer_by": timezone.now() + timedelta(hours=1)} if status == BookingStatus.PROPOSED else {}
    row = factories.make_booking(service=clinic.service, status=status, **ahead)

    said = program.get("fhir/r4/Appointment", status=status.value).json()
    assert valid(said["entry"][0]["resource"])["id"] == str(row.public_id)


def test_a_long_search_goes_on(clinic, program):
    for _ in range(3):
        factories.make_provider(partner=clinic.partner)

    first = valid(program.get("fhir/r4/Practitioner", _count=3).json())
    following = next(link["url"] for link in first["link"] if link["relation"] == "next")
    second = program.client.get(following.split("//", 1)[1].split("/", 1)[1].join(["/", ""])).json()

    assert len(first["entry"]) == 3 and len(second["entry"]) == 1


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("Slot", {}, 400),
        ("Slot", {"schedule": "nonsense"}, 400),
        ("Appointment", {"patient": "Patient/1"}, 400),
        ("Appointment", {"date": "yesterday"}, 400),
        ("Appointment", {"date": "ge0001-01-01"}, 200),
        ("Appointment", {"date": "lt9999-12-31"}, 200),
        ("Practitioner", {"_count": "0"}, 400),
        ("Practitioner", {"_cursor": "x"}, 400),
        ("Practitioner/nonsense", {}, 404),
        ("Slot/nonsense", {}, 404),
        ("HealthcareService/99999999999999", {}, 404),
    ],
)
def test_what_is_not_understood_is_an_outcome(program, path, query, status):
    answer = program.get(f"fhir/r4/{path}", **query)

    assert answer.status_code == status
    said = valid(answer.json())
    assert said["resourceType"] == ("Bundle" if status == 200 else "OperationOutcome")


def test_it_is_read_only_and_for_keys_with_its_scope(clinic, program):
    assert program.client.post("/api/fhir/r4/Appointment").status_code == 405
    other = make_organisation(Scope.BOOKINGS_READ)
    assert Program(other.secret).get("fhir/r4/Appointment").status_code == 403
    refused = Program().get("fhir/r4/Appointment")
    assert refused.status_code == 401 and valid(refused.json())["issue"][0]["code"] == "login"


def test_slots_of_too_many_days_are_refused(clinic, program):
    day = timezone.localdate()
    query = {"schedule": str(clinic.provider.public_id), "start": [f"ge{day}", f"lt{day + timedelta(days=60)}"]}

    assert program.get("fhir/r4/Slot", **query).status_code == 400
