"""docs/openapi.json says what the interface does, and the interface does what it says."""

import json

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import JsonResponse
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi_checks

from marketplace.core.embedded.locations import CHECKOUT
from partners.api.v1.description import description, operations
from tests import factories
from tests.catalog.order import placed

KEPT = CHECKOUT / "docs" / "openapi.json"
#: One operation is tried with so many calls: all of them together stay well under a minute.
CALLS = 12
ASKED = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.negative_data_rejection,
    openapi_checks.missing_required_header,
    openapi_checks.ignored_auth,
]


def test_the_kept_description_is_true():
    """After a change: `manage.py describe_api > docs/openapi.json`."""
    assert json.loads(KEPT.read_text()) == json.loads(json.dumps(description()))


def test_every_operation_names_its_scopes_and_says_what_it_is_for():
    assert all(operation.summary for operation in operations())
    assert [each.path for each in operations() if not each.scopes] == ["/api/v1/me"]


def test_everybody_reads_the_description_and_the_guide(client):
    assert client.get("/developers/openapi.json").json() == json.loads(KEPT.read_text())
    guide = client.get("/developers/")
    assert guide.status_code == 200
    assert all(operation.path in guide.content.decode() for operation in operations())


@pytest.fixture
def one_connection():
    """Let calls share the test's transaction, as Django's own test client does."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def full(clinic, one_connection):
    """Something in every list."""
    order = placed.order_of(factories.make_parent(), clinic.service, factories.make_goods(partner=clinic.partner))
    placed.pay(order)
    return {
        "secret": clinic.secret,
        "provider_id": str(clinic.provider.public_id),
        "service_id": clinic.service.product_id,
        "booking_id": str(order.lines.get(booking__isnull=False).booking.public_id),
        "order_id": str(order.public_id),
        "shipment_id": str(order.shipments.get().public_id),
    }


def has_something_to_send(operation):
    """Whether an operation can be called otherwise than described."""
    return any(True for _ in operation.iter_parameters()) or bool(operation.body)


def try_out(operation, full):
    """Call one operation as it is described, and otherwise; a mismatch is a failure."""
    schema = schemathesis.openapi.from_wsgi("/developers/openapi.json", get_wsgi_application())
    found = schema[operation.path][operation.method]
    ids = {name: value for name, value in full.items() if f"{{{name}}}" in operation.path}
    tried = found.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if ids:
        tried |= found.as_strategy(generation_mode=GenerationMode.POSITIVE, path_parameters=ids)
    if has_something_to_send(found):
        tried |= found.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @given(case=tried)
    @settings(max_examples=CALLS, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def try_it(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {full['secret']}"}, checks=ASKED)

    try_it()


@pytest.mark.parametrize("operation", operations(), ids=lambda each: f"{each.method} {each.path}")
def test_whatever_is_sent_the_answer_is_as_described(full, operation, monkeypatch):
    """No 5xx, no undescribed status, type, header or body; what is not as described is refused.

    Whether what fits the description is always taken is not asked: an id of nobody fits, too.
    """
    monkeypatch.setattr("partners.api.v1.limits.PER_MINUTE", 1_000_000)
    try_out(operation, full)


@pytest.mark.parametrize("fault", ["another body", "a failure", "an undescribed status"])
def test_the_trial_finds_what_is_wrong(full, monkeypatch, fault):
    def wrong(self, request, data, **options):
        if fault == "a failure":
            raise ZeroDivisionError
        status = 418 if fault == "an undescribed status" else 200
        return JsonResponse({"items": "none"}, status=status)

    monkeypatch.setattr("partners.api.v1.site.PartnersApi.create_response", wrong)
    listed = next(each for each in operations() if each.path == "/api/v1/bookings")

    with pytest.raises((FailureGroup, Failure)):
        try_out(listed, full)
