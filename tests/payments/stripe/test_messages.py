"""Stripe's webhooks at our door: signed, old, repeated, in any order, somebody else's."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from payments.enums import EventAbout, IncidentKind, IntentState
from payments.gateways.base import BadSignature
from payments.gateways.stripe.gateway import StripeGateway
from payments.models import PaymentIncident, PaymentIntent, ProviderEvent
from tests.payments.stripe.card_till import CardTill
from tests.support.waiting import eventually


def is_paid(intent: PaymentIntent) -> bool:
    return PaymentIntent.objects.get(pk=intent.pk).state == IntentState.PAID


def bought(card_till: CardTill) -> PaymentIntent:
    """An intent whose money is at Stripe, and we have not asked."""
    intent = card_till.owe()
    card_till.buy(card_till.start(intent))
    return intent


def completed(card_till: CardTill) -> dict:
    return card_till.events("checkout.session.completed")[0]


def test_message_leads_to_paid_and_its_repeat_to_nothing(card_till: CardTill) -> None:
    intent = bought(card_till)
    for _ in range(3):
        assert card_till.deliver(completed(card_till)) == 200
    assert is_paid(intent)
    assert ProviderEvent.objects.count() == 1
    assert card_till.shop.accepted == [intent.payable_id]


def test_any_order_of_all_messages_is_paid_once(card_till: CardTill) -> None:
    intent = bought(card_till)
    for event in reversed(card_till.events()):
        assert card_till.deliver(event) == 200
    assert is_paid(intent)
    assert card_till.shop.accepted == [intent.payable_id]
    assert not PaymentIncident.objects.exists()


@pytest.mark.parametrize("kind", ["wrong_signature", "old", "tampered"])
def test_message_that_stripe_did_not_sign_is_not_taken(card_till: CardTill, kind: str) -> None:
    intent = bought(card_till)
    assert card_till.deliver(completed(card_till), kind) == 503
    assert not is_paid(intent)
    assert not ProviderEvent.objects.exists()
    assert PaymentIncident.objects.get().kind == IncidentKind.BAD_SIGNATURE


def test_secret_that_is_being_changed_signs_twice(card_till: CardTill) -> None:
    intent = bought(card_till)
    assert card_till.deliver(completed(card_till), "rotated") == 200
    assert is_paid(intent)


@pytest.mark.parametrize(
    ("body", "signature"), [("", ""), ("{}", "t=1,v1=00"), ("{}", "nonsense"), ("\x00", "t=x,v1=y")]
)
def test_nonsense_at_the_door(card_till: CardTill, body: str, signature: str) -> None:
    assert card_till.post(body, signature) == 503


def signed(settings, event: object) -> tuple[dict[str, str], bytes]:
    """Anything, signed with the right secret."""
    raw, at = json.dumps(event).encode(), int(time.time())
    secret = settings.PAYMENT_GATEWAYS["stripe"]["webhook_secret"].encode()
    mac = hmac.new(secret, f"{at}.".encode() + raw, hashlib.sha256).hexdigest()
    return {"Stripe-Signature": f"t={at},v1={mac}"}, raw


@pytest.mark.parametrize(
    "event", [[], {}, {"object": "event"}, {"object": "event", "id": "e", "type": "t", "data": {}}]
)
def test_signed_nonsense_fails_closed(stripe: StripeGateway, settings, event: object) -> None:
    with pytest.raises(BadSignature):
        stripe.parse_webhook(*signed(settings, event))


@pytest.mark.parametrize(
    ("change", "foreign"), [({"livemode": True}, "livemode"), ({"account": "acct_other"}, "account")]
)
def test_somebody_elses_message_is_an_incident(card_till: CardTill, change: dict, foreign: str) -> None:
    bought(card_till)
    assert card_till.deliver(completed(card_till) | change) == 200
    incident = PaymentIncident.objects.get()
    assert (incident.kind, incident.details["foreign"]) == (IncidentKind.MERCHANT_MISMATCH, foreign)


def test_other_amount_or_currency_in_a_message_is_an_incident(card_till: CardTill) -> None:
    bought(card_till)
    event = completed(card_till)
    event["data"]["object"]["amount_total"] = 1
    card_till.deliver(event)
    assert PaymentIncident.objects.get().kind == IncidentKind.AMOUNT_MISMATCH


def test_money_for_a_page_that_is_not_ours_is_kept_and_noticed(card_till: CardTill) -> None:
    bought(card_till)
    event = completed(card_till)
    event["data"]["object"] |= {"client_reference_id": "somebody-else", "metadata": {}}
    assert card_till.deliver(event) == 200
    assert PaymentIncident.objects.get().kind == IncidentKind.UNKNOWN_TRADE
    assert ProviderEvent.objects.get().error == "unknown trade"


@pytest.mark.parametrize(
    ("kind", "thing", "about", "ref"),
    [
        ("charge.dispute.created", {"id": "du_1", "currency": "cny"}, EventAbout.DISPUTE, "du_1"),
        ("refund.failed", {"id": "re_1", "metadata": {"out_refund_no": "R1"}}, EventAbout.REFUND, "R1"),
        ("refund.updated", {"id": "re_1", "metadata": {}}, EventAbout.REFUND, "re_1"),
        ("customer.subscription.deleted", {"metadata": {"out_agreement_no": "A1"}}, EventAbout.AGREEMENT, "A1"),
        ("customer.subscription.deleted", {"metadata": {}}, EventAbout.OTHER, ""),
        (
            "invoice.paid",
            {"parent": {"subscription_details": {"metadata": {"out_agreement_no": "A1"}}}},
            EventAbout.AGREEMENT,
            "A1",
        ),
        ("checkout.session.completed", {"metadata": {"out_agreement_no": "A1"}}, EventAbout.AGREEMENT, "A1"),
        ("payment_intent.succeeded", {"metadata": {"out_trade_no": "T1"}}, EventAbout.TRADE, ""),
        ("payment_intent.succeeded", {"metadata": {}}, EventAbout.OTHER, ""),
        ("payout.paid", {"id": "po_1"}, EventAbout.OTHER, ""),
    ],
)
def test_what_messages_are_about(
    stripe: StripeGateway, settings, kind: str, thing: dict, about: EventAbout, ref: str
) -> None:
    event = {"object": "event", "id": "evt_1", "type": kind, "livemode": False, "data": {"object": thing}}
    thing.setdefault("object", "thing")
    hint = stripe.parse_webhook(*signed(settings, event))
    assert (hint.about, hint.ref, hint.foreign) == (about, ref, "")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listening(card_till: CardTill, settings) -> Iterator[CardTill]:
    """The till, with our door open to the simulator's messages."""
    application = get_wsgi_application()

    def serve(environ, start_response):
        try:
            return list(application(environ, start_response))
        finally:
            connections.close_all()

    server = make_server("127.0.0.1", 0, serve, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PUBLIC_BASE_URL = f"http://127.0.0.1:{server.server_port}"
    yield card_till
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("fault", ["", "duplicate", "delay", "reorder", "wrong_signature"])
def test_message_arrives_by_itself(listening: CardTill, fault: str) -> None:
    """One that is badly signed is told again until somebody else's message has led us to ask."""
    intent = listening.owe()
    if fault:
        listening.simulator.fault("checkout.session.completed", fault, seconds=0.3)
    listening.buy(listening.start(intent))
    eventually(lambda: is_paid(intent))
    assert listening.shop.accepted == [intent.payable_id]


def test_all_messages_lost_but_money_found(listening: CardTill) -> None:
    from payments import services

    intent = listening.owe()
    listening.simulator.fault("notify", "drop", times=9)
    listening.buy(listening.start(intent))
    listening.make_due()
    services.reconcile_due()
    assert is_paid(intent)
