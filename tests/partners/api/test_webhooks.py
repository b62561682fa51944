"""News for partners' programs: written with the fact, signed, sent to public addresses only, tried again."""

import hashlib
import hmac
import json
import logging
import socket
import ssl
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from catalog.order.services import cancel_booked_line
from catalog.partner.models import Membership
from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.outside_calendars import fetching
from catalog.scheduling.services.expiring import expire_holds
from partners.api import outgoing
from partners.api.enums import DeliveryState, EventKind
from partners.api.errors import AddressEnded, AddressNotPublic, NotYourKey, NotYourOrganisation, TooManyAddresses
from partners.api.models import WebhookDelivery, WebhookEndpoint
from partners.api.services import add_address, deliver_due, end_address, ping, replay, tell
from partners.api.services.webhooks import BACK_OFF
from tests import factories
from tests.catalog.order import placed

from .calling import make_organisation
from .hook_host import hook_host

ALL = list(EventKind)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with hook_host(tmp_path_factory.mktemp("hook")) as host:
        yield host


@pytest.fixture
def host(running, monkeypatch):
    """Let this machine's own server count as a public one with a good certificate."""
    running.told.clear()
    running.status, running.location, running.trickles = 200, "", False
    monkeypatch.setattr(fetching, "is_public", lambda ip: ip == "127.0.0.1")
    monkeypatch.setattr(fetching, "tls_context", lambda: ssl.create_default_context(cafile=running.certificate))
    # The server listens on one address only; names of this machine have two.
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [e for e in real(*a, **k) if e[0] == socket.AF_INET])
    return running


@pytest.fixture
def made(clinic, host):
    """An address of the clinic that hears everything."""
    return add_address(partner=clinic.partner, made_by=clinic.manager, address=host.address(), events=ALL)


def a_news(clinic, **fields):
    tell(partner_id=clinic.partner.pk, kind=EventKind.ORDER_PAID, about={"order": "1"}, **fields)
    return WebhookDelivery.objects.latest("pk")


def is_ours(secret, header, body):
    """As the guide tells partners to check it."""
    said = dict(part.split("=", 1) for part in header.split(","))
    wanted = hmac.new(secret.encode(), said["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, said["v1"])


def test_what_is_sent_is_signed_and_said_once(clinic, made, host):
    news = a_news(clinic)

    assert deliver_due() == 1
    assert deliver_due() == 0

    headers, body = host.told[0]
    message = json.loads(body)
    assert is_ours(made.secret, headers["Xinqiao-Signature"], body)
    assert not is_ours(made.secret, headers["Xinqiao-Signature"], body + b" ")
    assert message["id"] == str(news.public_id) == headers["Xinqiao-Delivery"]
    assert message["type"] == "order.paid" and message["data"] == {"order": "1"}
    news.refresh_from_db()
    assert news.state == DeliveryState.DELIVERED and news.status_code == 200


def test_a_booking_is_told_from_its_payment_to_its_end_without_a_name(clinic, made, host):
    family = factories.make_parent()
    order = placed.order_of(family, clinic.service)
    placed.pay(order)
    booking = order.lines.get().booking
    cancel_booked_line(booking_id=booking.pk, cancelled_by=CancelledBy.PROVIDER, initiator=clinic.manager)

    told = list(WebhookDelivery.objects.order_by("pk"))

    assert {row.kind for row in told} == {"booking.booked", "order.paid", "booking.cancelled"}
    assert told[-1].payload["booking"] == str(booking.public_id) and told[-1].payload["status"] == "cancelled"
    said = json.dumps([row.payload for row in told])
    assert booking.child.nickname not in said and str(booking.child.public_id) not in said


def test_nobody_else_hears_of_it(clinic, made, host):
    other = make_organisation()
    add_address(partner=other.partner, made_by=other.manager, address=host.address(), events=ALL)
    a_news(clinic)

    assert set(WebhookDelivery.objects.values_list("endpoint__partner", flat=True)) == {clinic.partner.pk}


def test_holds_that_lapse_are_told_to_nobody(clinic, made):
    placed.put_session(factories.make_parent(), clinic.service)
    expire_holds(now=timezone.now() + timedelta(days=1))

    assert not WebhookDelivery.objects.exists()


def test_what_is_rolled_back_is_told_to_nobody(clinic, made):
    with transaction.atomic():
        a_news(clinic)
        transaction.set_rollback(True)

    assert not WebhookDelivery.objects.exists()


def test_an_address_hears_what_was_ticked(clinic, host):
    add_address(partner=clinic.partner, made_by=clinic.manager, address=host.address(), events=["booking.moved"])

    assert tell(partner_id=clinic.partner.pk, kind=EventKind.ORDER_PAID, about={}) == 0


def test_it_is_tried_again_ever_more_slowly_and_then_has_failed(clinic, made, host):
    host.status, now = 503, timezone.now()
    news = a_news(clinic, now=now)
    waits = []
    for _ in BACK_OFF:
        deliver_due(now=now)
        news.refresh_from_db()
        waits.append(news.next_attempt_at - now)
        deliver_due(now=now + timedelta(seconds=1))  # not due yet
        now = news.next_attempt_at

    assert tuple(waits) == BACK_OFF and len(host.told) == len(BACK_OFF)
    assert news.state == DeliveryState.FAILED and news.status_code == 503
    assert len({body for _, body in host.told}) == 1  # the same bytes each time
    assert deliver_due(now=now + timedelta(days=9)) == 0


def test_it_can_be_sent_again_by_hand_under_the_same_id(clinic, made, host):
    news = a_news(clinic)
    deliver_due()
    replay(delivery_id=news.public_id, asked_by=clinic.manager)
    deliver_due()

    assert [headers["Xinqiao-Delivery"] for headers, _ in host.told] == [str(news.public_id)] * 2
    with pytest.raises(NotYourKey):
        replay(delivery_id=news.public_id, asked_by=make_organisation().manager)


def test_after_its_end_an_address_hears_nothing(clinic, made, host):
    news = a_news(clinic)
    end_address(public_id=made.endpoint.public_id, ended_by=clinic.manager)

    assert deliver_due() == 0 and not host.told
    for ask in (
        lambda: replay(delivery_id=news.public_id, asked_by=clinic.manager),
        lambda: ping(public_id=made.endpoint.public_id, asked_by=clinic.manager),
    ):
        with pytest.raises(AddressEnded):
            ask()


def test_only_who_manages_adds_tries_and_ends(clinic, made, host):
    stranger = make_organisation().manager
    with pytest.raises(NotYourOrganisation):
        add_address(partner=clinic.partner, made_by=stranger, address=host.address(), events=ALL)
    for act in (lambda: ping(public_id=made.endpoint.public_id, asked_by=stranger),
                lambda: end_address(public_id=made.endpoint.public_id, ended_by=stranger)):  # fmt: skip
        with pytest.raises(NotYourKey):
            act()
    Membership.objects.filter(user=clinic.manager).delete()
    with pytest.raises(NotYourKey):
        ping(public_id=made.endpoint.public_id, asked_by=clinic.manager)


def test_an_organisation_has_so_many_addresses(clinic, made, host):
    for _ in range(4):
        add_address(partner=clinic.partner, made_by=clinic.manager, address=host.address(), events=ALL)
    with pytest.raises(TooManyAddresses):
        add_address(partner=clinic.partner, made_by=clinic.manager, address=host.address(), events=ALL)


def test_address_and_secret_are_sealed_and_never_logged(clinic, made, host, caplog):
    caplog.set_level(logging.DEBUG)
    host.status = 500
    a_news(clinic)
    deliver_due()

    assert "not delivered" in caplog.text
    assert made.secret not in caplog.text and host.address() not in caplog.text and "of=ours" not in caplog.text
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT address, secret FROM partner_api_webhookendpoint")
        kept = b"".join(bytes(column) for row in cursor.fetchall() for column in row)
    assert made.secret.encode() not in kept and b"localhost" not in kept
    assert WebhookEndpoint.objects.get().secret == made.secret


# --- where we do not knock ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/hook",
        "https://user:word@example.com/hook",
        "https://127.0.0.1/hook",
        "https://[::1]/hook",
        "https://[::ffff:127.0.0.1]/hook",
        "https://10.0.0.8/hook",
        "https://192.168.1.1/hook",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/hook",
        "https://2130706433/hook",
        "https://0x7f.1/hook",
        "https://0/hook",
        "https://localhost/hook",
        "https:///hook",
        "https://example.com:99999/hook",
        "https://example.com/a\r\nX-Evil: 1",
        "file:///etc/passwd",
        "gopher://example.com/",
    ],
)
def test_addresses_that_are_not_public_are_refused(clinic, address):
    with pytest.raises(AddressNotPublic):
        add_address(partner=clinic.partner, made_by=clinic.manager, address=address, events=ALL)


def test_a_name_that_leads_elsewhere_later_leads_nowhere(clinic, made, host, monkeypatch):
    """DNS rebinding: the name was public when it was added, and is this machine when it is used."""
    monkeypatch.setattr(fetching, "is_public", lambda ip: False)
    news = a_news(clinic)
    deliver_due()

    news.refresh_from_db()
    assert not host.told and news.trouble == "not public" and news.state == DeliveryState.WAITING


def test_one_address_of_a_name_that_is_not_public_is_enough(monkeypatch):
    answers = [(socket.AF_INET, 1, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: answers)

    assert not outgoing.is_public_host("https://example.com/hook")


def test_the_address_that_was_looked_at_is_connected_to(host, monkeypatch):
    """The name is asked for once: a second answer could lead elsewhere."""
    asked = []
    real = socket.getaddrinfo

    def once(name, *rest, **more):
        if name == "localhost":
            asked.append(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    outgoing.send(host.address(), body=b"{}", headers={})

    assert asked == ["localhost"]


def test_a_redirect_is_not_followed(clinic, made, host):
    host.status, host.location = 302, "https://169.254.169.254/latest/meta-data/"
    news = a_news(clinic)
    deliver_due()

    news.refresh_from_db()
    assert news.status_code == 302 and news.state == DeliveryState.WAITING and len(host.told) == 1


def test_a_bad_certificate_is_no_address(clinic, made, host, monkeypatch):
    monkeypatch.setattr(fetching, "tls_context", ssl.create_default_context)
    news = a_news(clinic)
    deliver_due()

    news.refresh_from_db()
    assert not host.told and news.trouble == "certificate"


def test_an_answer_that_trickles_is_cut_off(host, monkeypatch):
    monkeypatch.setattr(outgoing, "MAX_SECONDS", 1)
    host.trickles = True

    with pytest.raises(outgoing.NotSent):
        outgoing.send(host.address(), body=b"{}", headers={})
