"""The pages: making and ending keys and addresses, what was sent, and who finds nothing."""

import pytest

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from marketplace.core.log_masking import masked
from partners.api.enums import DeliveryState, EventKind, Scope
from partners.api.models import ApiKey, WebhookDelivery, WebhookEndpoint
from tests import factories

from .calling import Program, make_organisation


@pytest.fixture
def desk(clinic):
    """The manager's browser."""
    return factories.signed_in(clinic.manager)


def endpoint_of(organisation, **fields):
    return WebhookEndpoint.objects.create(
        partner=organisation.partner,
        made_by=organisation.manager,
        address="https://example.com/hook",
        secret="whsec_of_nobody",
        events=[EventKind.ORDER_PAID],
        **fields,
    )


def test_a_key_is_shown_once_and_works(clinic, desk):
    page = desk.post("/developers/keys/", {"label": "发货程序", "scopes": ["orders:read", "shipments:write"]})

    secret = page.context["made"].secret
    key = ApiKey.objects.latest("pk")
    assert secret in page.content.decode() and "no-store" in page["Cache-Control"]
    assert key.label == "发货程序" and key.scopes == ["orders:read", "shipments:write"]
    assert Program(secret).get("v1/orders").status_code == 200
    assert secret not in desk.get("/developers/keys/").content.decode()


def test_nothing_ticked_is_said_on_the_form(clinic, desk):
    page = desk.post("/developers/keys/", {"label": "发货程序"})

    assert page.status_code == 400 and ApiKey.objects.count() == 1


def test_a_key_is_ended_on_the_page(clinic, desk, program):
    desk.post(f"/developers/keys/{clinic.key.public_id}/revoke/")

    assert program.get("v1/me").status_code == 401
    assert "已停用" in desk.get("/developers/keys/").content.decode()


def test_others_find_nothing(clinic, desk):
    other = make_organisation()
    hook = endpoint_of(other)
    row = WebhookDelivery.objects.create(endpoint=hook, kind="ping", payload={}, state=DeliveryState.FAILED)

    for path in (
        f"keys/{other.key.public_id}/revoke/",
        f"webhooks/{hook.public_id}/end/",
        f"webhooks/{hook.public_id}/ping/",
        f"webhooks/deliveries/{row.public_id}/replay/",
    ):
        assert desk.post(f"/developers/{path}").status_code == 404
    assert desk.get(f"/developers/webhooks/{hook.public_id}/").status_code == 404
    pages = desk.get("/developers/keys/").content + desk.get("/developers/webhooks/").content
    assert other.key.prefix not in pages.decode() and "example.com" not in pages.decode()
    other.key.refresh_from_db()
    assert other.key.revoked_at is None


def test_a_key_for_another_organisation_cannot_be_asked_for(clinic, desk):
    other = make_organisation()
    desk.post("/developers/keys/", {"label": "a", "scopes": ["orders:read"], "partner": other.partner.pk})

    assert ApiKey.objects.filter(partner=other.partner).count() == 1
    assert ApiKey.objects.filter(partner=clinic.partner).count() == 2


def test_who_manages_several_chooses_which(clinic, desk):
    second = factories.make_partner()
    second.users.add(clinic.manager)

    page = desk.post("/developers/keys/", {"label": "a", "scopes": ["orders:read"], "partner": second.pk})

    assert page.context["made"].key.partner == second


@pytest.mark.parametrize("role", [role for role in TeamRole if role != TeamRole.MANAGER])
def test_who_does_not_manage_finds_no_page(clinic, desk, role):
    Membership.objects.filter(user=clinic.manager).update(role=role)

    assert desk.get("/developers/keys/").status_code == desk.get("/developers/webhooks/").status_code == 404


def test_an_address_inside_our_walls_is_refused_on_the_form(clinic, desk):
    page = desk.post("/developers/webhooks/", {"address": "https://127.0.0.1/hook", "events": ["order.paid"]})

    assert page.status_code == 400 and "https://" in page.content.decode()
    assert not WebhookEndpoint.objects.exists()


def test_the_log_says_what_was_sent_and_sends_again(clinic, desk):
    hook = endpoint_of(clinic)
    row = WebhookDelivery.objects.create(
        endpoint=hook, kind="order.paid", payload={}, state=DeliveryState.FAILED, attempts=6, trouble="timeout"
    )

    page = desk.get(f"/developers/webhooks/{hook.public_id}/").content.decode()
    desk.post(f"/developers/webhooks/deliveries/{row.public_id}/replay/")

    assert "timeout" in page and str(row.public_id) in page
    row.refresh_from_db()
    assert row.state == DeliveryState.WAITING and row.attempts == 0


def test_longer_lists_ask_no_more(clinic, desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    endpoint_of(clinic)
    paths = ("/developers/keys/", "/developers/webhooks/")
    for path in paths:
        desk.get(path)
        with CaptureQueriesContext(connection) as one:
            desk.get(path)
        for _ in range(2):
            endpoint_of(clinic)
            ApiKey.objects.create(
                partner=clinic.partner,
                made_by=clinic.manager,
                label="a",
                prefix=f"xq_{factories.next_number()}",
                digest=str(factories.next_number()),
                scopes=[Scope.ORDERS_READ],
            )
        with CaptureQueriesContext(connection) as three:
            desk.get(path)
        assert len(three) <= len(one), path


def test_a_key_that_reaches_a_log_is_cut_short(clinic):
    line = masked(f"said {clinic.secret} and whsec_abc-DEF_1")

    assert clinic.secret not in line and clinic.key.prefix in line and "abc-DEF" not in line
