"""Every byte that payers and payment companies get, searched for what they must not know.

A young person orders a session and goods and asks with nothing ticked. Previews fetch the link, a payer without an account
opens it and pays, by every way that is offered; the provider cancels, the money goes back, the receipt is read again. A
guardian of a 17-year-old gets messages and pages. Everything they were sent, and everything the companies were sent, is
searched for planted words in every shape; leaks planted on purpose are found.
"""

import base64
from dataclasses import replace
from random import Random
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client as Browser

from catalog.basket.services import put_product_in_basket
from catalog.catalogue.models import Category
from catalog.fulfilment.models import Shipment
from catalog.order import payable
from catalog.order.models import Order
from catalog.order.purchase import OrderPurchase
from catalog.order.services import Address, cancel_booked_line
from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.models import Booking
from marketplace.notifications.models import Message
from payments import offers
from payments.enums import Client, Method, RefundState
from payments.models import PaymentAttempt, Refund
from payments.requests.enums import Shown
from payments.requests.models import PaymentRequest
from payments.requests.services import Ask, telling
from payments.services import presenting, refunding, send_refund, settle_payment
from tests import factories
from tests.catalog.order.placed import place, put_session
from tests.payments.requests.asking import link_to
from tests.payments.simulated import Simulator, visit
from tests.payments.wechat.simulated import WechatSimulator
from tests.support.canaries import Canary, found, hatch

pytestmark = pytest.mark.django_db

_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
_AGENTS = {
    Client.PHONE: _PHONE,
    Client.WECHAT: f"{_PHONE} MicroMessenger/8.0.50",
    Client.DESKTOP: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36",
}
#: All ways there are; those of companies that are not switched on are left out when the test runs.
_WAYS = [(client, offer.way) for client, shown in offers._OFFERS.items() for offer in shown if not offer.is_blocked]
_PREVIEWS = ("facebookexternalhit/1.1", "Slackbot-LinkExpanding 1.0", "TelegramBot (like TwitterBot)", "curl/8.5")


class Road:
    """One young person's road, with all that others got on it."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.simulator.command("tape")
        self.dice = Random(25)
        self.secrets: dict[str, Canary] = {}
        self.got: dict[str, bytes] = {}
        self.guardian = factories.make_user(nickname="林女士", email="lin@xinqiao.example")
        self.teen = factories.make_teen(self.guardian, age=17, nickname="小禾")
        self.wechat = WechatSimulator(f"{simulator.url}/wechat")

    def secret(self, place_of_it: str) -> str:
        """A word nobody else writes, remembered under its place."""
        return self.secrets.setdefault(place_of_it, hatch(self.dice, place_of_it)).text

    def note(self, name: str, content: str | bytes) -> None:
        """Keep what somebody got."""
        raw = content.encode() if isinstance(content, str) else content
        self.got[name] = self.got.get(name, b"") + b"\n" + raw

    def browse(self, browser: Browser, method: str, url: str, name: str, **data: str):
        """A request of a payer; the whole answer is kept, with its headers."""
        response = getattr(browser, method)(url, data or None)
        self.note(name, "\n".join(f"{key}: {value}" for key, value in response.items()))
        self.note(name, response.content)
        return response

    def ask(self) -> PaymentRequest:
        """Order a session and goods whose every word is a secret, and ask with nothing ticked."""
        partner = factories.make_partner(name=self.secret("clinic"), license_note=self.secret("licence"))
        need = Category.objects.filter(axis="need").first() or factories.make_category()
        Category.objects.filter(pk=need.pk).update(name=self.secret("need"))
        provider = factories.make_provider(
            partner=partner, name=self.secret("provider"), title=self.secret("speciality"), needs=[need]
        )
        service = factories.make_service(
            provider,
            price_fen=36_000,
            location=factories.make_location(partner, name=self.secret("place")),
            product={"title": self.secret("session"), "summary": self.secret("summary")},
        )
        goods = factories.make_goods(title=self.secret("assessment"), stock=3, price_fen=5_000)
        put_session(self.teen, service, child=self.teen.young_profile)
        put_product_in_basket(user=self.teen, product=goods)
        order = place(
            self.teen,
            contact_name=self.secret("real name")[:30],
            note=self.secret("reason"),
            address=Address(self.secret("recipient"), "13800000000", "上海市 徐汇区", self.secret("street")),
            ask=Ask(to_all=True, message="谢谢妈妈，周六我自己去就行"),
        )
        return PaymentRequest.objects.get(created_by=self.teen, intent__payable_id=order.pk)

    def pay(self, ask: PaymentRequest, client: Client, way: str) -> PaymentAttempt:
        """Previews, then a payer by one way, up to the receipt."""
        link = link_to(ask)
        for agent in _PREVIEWS:
            robot = Browser(HTTP_USER_AGENT=agent)
            self.browse(robot, "get", link, "previews")
            self.browse(robot, "post", link + "open/", "previews")
        payer = Browser(HTTP_USER_AGENT=_AGENTS[client])
        self.browse(payer, "get", link, "payer")
        self.browse(payer, "post", link + "open/", "payer")
        self.browse(payer, "get", link, "payer")
        self.browse(payer, "get", link + "no/", "payer")
        answer = self.browse(payer, "post", link + "pay/", "payer", way=way)
        attempt = ask.intent.attempts.latest("pk")
        self.at_the_company(attempt, answer)
        settle_payment(out_trade_no=attempt.out_trade_no)
        for path in ("scan/", "return/", "status/"):
            self.browse(payer, "get", link + path, "payer")
        self.browse(payer, "get", link, "payer")
        assert "付好了" in self.browse(payer, "get", link, "payer").content.decode()
        self.browse(payer, "get", link + "receipt/", "payer")
        self.payer, self.link = payer, link
        attempt.refresh_from_db()
        return attempt

    def at_the_company(self, attempt: PaymentAttempt, answer) -> None:
        """Open the company's page as the payer does, and pay there."""
        number = attempt.out_trade_no
        if attempt.gateway == "alipay":
            self.simulator.buy(attempt.qr_text or answer["Location"])
            return
        if attempt.method == Method.QR:
            self.note("company's page", visit(attempt.qr_text)[1])
        elif attempt.gateway == "stripe":
            self.note("company's page", visit(answer["Location"])[1])
        company = self.wechat if attempt.gateway == "wechat" else Simulator(f"{self.simulator.url}/stripe")
        company.command("pay", out_trade_no=number)

    def cancel(self) -> None:
        """The provider cancels; the money goes back; the payer reads the receipt again."""
        booking = Booking.objects.get(child=self.teen.young_profile)
        cancel_booked_line(booking_id=booking.pk, cancelled_by=CancelledBy.PROVIDER, initiator=factories.make_staff())
        refund = Refund.objects.get()
        for _ in range(3):
            if send_refund(refund_id=refund.pk) == RefundState.SUCCEEDED:
                break
        assert send_refund(refund_id=refund.pk) == RefundState.SUCCEEDED
        self.browse(self.payer, "get", self.link, "payer")
        self.browse(self.payer, "get", self.link + "receipt/", "payer")

    def guardian_looks(self, ask: PaymentRequest) -> None:
        """What a guardian of a 17-year-old sees, who may know no more than anybody."""
        browser = factories.signed_in(self.guardian)
        for path in ("/pay/for/", f"/pay/for/guardian/{ask.public_id}/", "/pay/for/alone/", "/inbox/", "/me/", "/pay/"):
            self.browse(browser, "get", path, "guardian")

    def parcel_label(self) -> None:
        """What stands outside on the parcel: whom it goes to, never what is in it."""
        shipment = Shipment.objects.get()
        self.note("parcel", str(shipment))

    def messages(self) -> None:
        """Everything sent to the guardian, on every channel, and every text that left the house for a payer."""
        for message in Message.objects.filter(recipient=self.guardian):
            self.note(f"messages by {message.channel}", f"{message.subject}\n{message.body}\n{message.url}")

    def companies(self) -> None:
        """Every byte the simulators were sent, and what they keep and tell."""
        for number, each in enumerate(self.simulator.command("tape")["requests"]):
            self.note(f"company heard {number:03d}", base64.b64decode(each))
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(qr_text || ' ' || handle, ' ') FROM payments_paymentattempt")
            self.note("codes", cursor.fetchone()[0] or "")

    def walk(self, client: Client, way: str) -> dict[str, str]:
        """The whole road; returns each secret that somebody got, with who got it."""
        ask = self.ask()
        self.guardian_looks(ask)
        self.pay(ask, client, way)
        self.parcel_label()
        self.cancel()
        self.guardian_looks(ask)
        self.messages()
        self.companies()
        assert Order.objects.get().refunded_fen == 36_000
        assert len(self.got["payer"]) > 10_000 and any(name.startswith("company heard") for name in self.got)
        seen = found(self.secrets.values(), self.got)
        return {canary.place: where for canary, where in seen.items()}


@pytest.fixture
def road(simulator, monkeypatch, settings) -> Road:
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"
    road = Road(simulator)
    for name in ("wechat", "stripe"):
        Simulator(f"{simulator.url}/{name}").command("reset")
    road.wechat.command("refunds", seconds=0)
    openid = road.wechat.become("secrets")
    monkeypatch.setattr("payments.requests.views.payer.openid_of", lambda request: openid)
    return road


@pytest.mark.parametrize(("client", "way"), _WAYS, ids=[f"{client}-{way}" for client, way in _WAYS])
def test_nobody_who_pays_learns_what_was_not_ticked(road, client, way):
    if way not in {offer.way for offer in offers.offers_for(client)}:
        pytest.skip("this company is not switched on here")
    assert road.walk(client, way) == {}


def _title(road):
    return road.secrets["session"].text


def _in_the_subject(road, monkeypatch):
    describe = payable.OrderPayable.describe
    monkeypatch.setattr(
        payable.OrderPayable, "describe", lambda self, pk: replace(describe(self, pk), subject=_title(road))
    )


def _in_the_refund(road, monkeypatch):
    view = refunding.refund_for_gateway
    monkeypatch.setattr(refunding, "refund_for_gateway", lambda refund: replace(view(refund), reason=_title(road)))


def _on_the_payers_page(road, monkeypatch):
    """The order's facts without a look at the ticks."""
    facts = OrderPurchase.facts
    monkeypatch.setattr(OrderPurchase, "facts", lambda self, pk, *, shown: facts(self, pk, shown=list(Shown)))


def _in_a_message(road, monkeypatch):
    monkeypatch.setattr(telling, "yuan_text", lambda fen: _title(road))


def _on_the_parcel(road, monkeypatch):
    monkeypatch.setattr(Shipment, "__str__", lambda self: _title(road))


def _in_the_notify_address(road, monkeypatch):
    plain = presenting.reverse
    monkeypatch.setattr(
        presenting, "reverse", lambda name, args: plain(name, args=args) + "?for=" + quote(_title(road))
    )


_PLANTS = {
    "subject": (_in_the_subject, "session"),
    "refund": (_in_the_refund, "session"),
    "payer's page": (_on_the_payers_page, "provider"),
    "message": (_in_a_message, "session"),
    "parcel": (_on_the_parcel, "session"),
    "notify address": (_in_the_notify_address, "session"),
}


@pytest.mark.parametrize("leak", _PLANTS)
def test_a_leak_planted_on_purpose_is_found(road, monkeypatch, leak):
    plant, secret = _PLANTS[leak]
    road.secret("session")
    plant(road, monkeypatch)
    assert secret in road.walk(Client.DESKTOP, "alipay:qr")
