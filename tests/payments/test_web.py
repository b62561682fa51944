"""Our pages and the door for notifications, over real HTTP where it matters."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings as django_settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client as Browser
from django.urls import reverse

from payments import services
from payments.enums import IntentState, Method, RefundReason
from payments.gateways.base import GatewayRefused
from payments.gateways.registry import form_action_origins, gateway_for
from payments.models import PaymentAttempt, PaymentIntent, ProviderEvent
from tests.factories import make_user, signed_in
from tests.payments.till import Till
from tests.support.waiting import eventually

PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile Safari/604.1"}
WECHAT = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile MicroMessenger/8"}
SECRETS = ("焦虑", "咨询", "林")


@pytest.fixture
def browser(till: Till) -> Browser:
    """The buyer, signed in."""
    return signed_in(till.buyer)


def url(name: str, intent: PaymentIntent) -> str:
    return reverse(f"payments:{name}", args=[intent.public_id])


def pay(browser: Browser, intent: PaymentIntent, way: str, **headers: str):
    return browser.post(url("cashier", intent), {"way": way}, **headers)


@pytest.mark.parametrize("name", ["cashier", "scan", "return", "status", "receipt"])
def test_only_the_buyer_sees_a_payment(till: Till, name: str) -> None:
    intent = till.paid()
    stranger = make_user()
    assert Browser().get(url(name, intent)).status_code == 302
    assert signed_in(stranger).get(url(name, intent)).status_code == 404
    stranger.delete()


def test_cashier_says_what_is_owed_and_until_when(till: Till, browser: Browser) -> None:
    text = browser.get(url("cashier", till.owe())).content.decode()
    assert "¥360.00" in text
    assert "健康服务 1 项" in text
    assert "保留到" in text


def test_phone_goes_to_the_app_and_desktop_chooses(till: Till, browser: Browser) -> None:
    intent = till.owe()
    phone = browser.get(url("cashier", intent), **PHONE).content.decode()
    assert "alipay:wap" in phone
    assert "alipay:qr" not in phone
    desktop = browser.get(url("cashier", intent)).content.decode()
    assert "alipay:qr" in desktop
    assert "alipay:page" in desktop


def test_alipay_does_not_open_inside_wechat(till: Till, browser: Browser) -> None:
    intent = till.owe()
    assert "在微信里打不开" in browser.get(url("cashier", intent), **WECHAT).content.decode()
    assert pay(browser, intent, "alipay:wap", **WECHAT).status_code == 200
    assert not PaymentAttempt.objects.exists()


def test_paying_on_a_phone(till: Till, browser: Browser) -> None:
    intent = till.owe()
    response = pay(browser, intent, "alipay:wap", **PHONE)
    assert response.status_code == 302
    assert response["Location"].startswith(django_settings.PAYMENT_GATEWAYS["alipay"]["gateway_url"])
    back = till.simulator.buy(response["Location"])
    page = browser.get(back.removeprefix("http://127.0.0.1:9"))
    assert "付好了" in page.content.decode()
    assert till.order_of(intent).state == "paid"


def test_paying_by_code(till: Till, browser: Browser) -> None:
    intent = till.owe()
    response = pay(browser, intent, "alipay:qr")
    assert response["Location"] == url("scan", intent)
    assert "<svg" in browser.get(url("scan", intent)).content.decode()
    assert browser.get(url("status", intent) + "?scan=1").status_code == 200
    till.simulator.buy(PaymentAttempt.objects.get().qr_text)
    PaymentAttempt.objects.update(last_checked_at=None)
    told = browser.get(url("status", intent) + "?scan=1")
    assert told["HX-Redirect"] == url("return", intent)


@pytest.mark.parametrize("way", ["", "alipay", "alipay:card", "stripe:page", "alipay:qr:x"])
def test_ways_that_are_not_offered(till: Till, browser: Browser, way: str) -> None:
    assert pay(browser, till.owe(), way).status_code == 200
    assert not PaymentAttempt.objects.exists()


def test_gateway_that_does_not_answer(till: Till, browser: Browser) -> None:
    intent = till.owe()
    till.simulator.fault("alipay.trade.precreate", "http_500")
    response = pay(browser, intent, "alipay:qr")
    assert response["Location"] == url("return", intent)
    assert "支付服务暂时没有回应" in browser.get(response["Location"]).content.decode()


def test_return_address_itself_proves_nothing(till: Till, browser: Browser) -> None:
    intent = till.owe()
    till.start(intent)
    forged = url("return", intent) + "?trade_status=TRADE_SUCCESS&total_amount=360.00"
    text = browser.get(forged).content.decode()
    assert "还没有付款" in text
    assert "继续付款" in text
    assert till.order_of(intent).state == "pending"


def test_company_that_does_not_answer_is_no_reason_to_pay_again(till: Till, browser: Browser) -> None:
    intent = till.owe()
    till.start(intent)
    till.simulator.fault("alipay.trade.query", "http_500")
    assert "正在确认付款" in browser.get(url("return", intent)).content.decode()


def test_time_that_is_over_leads_nobody_to_pay(till: Till, browser: Browser) -> None:
    intent = till.owe()
    till.let_expire(intent)
    assert "这笔付款已经结束" in browser.get(url("cashier", intent), follow=True).content.decode()
    begun = till.owe()
    till.start(begun)
    till.let_expire(begun)
    text = browser.get(url("return", begun)).content.decode()
    assert "正在确认付款" in text
    assert "继续付款" not in text


def test_refused_try_leads_to_another_way(till: Till, browser: Browser, monkeypatch) -> None:
    def refuse(_: object) -> None:
        raise GatewayRefused("ACQ.ACCESS_FORBIDDEN")

    intent = till.owe()
    monkeypatch.setattr(gateway_for("alipay"), "create", refuse)
    response = pay(browser, intent, "alipay:qr")
    text = browser.get(response["Location"]).content.decode()
    assert "这次没有付成" in text
    assert "换一种方式再试" in text


def test_waiting_page_is_read_out_only_when_something_changed(till: Till, browser: Browser) -> None:
    intent = till.owe()
    started = till.start(intent)
    assert browser.get(url("status", intent) + "?seen=waiting&pace=3").status_code == 204
    assert browser.get(url("status", intent) + "?seen=waiting&pace=10").status_code == 200
    till.buy(started)
    PaymentAttempt.objects.update(last_checked_at=None)
    assert "付好了" in browser.get(url("status", intent) + "?seen=waiting&pace=3").content.decode()


def test_code_is_watched_without_scripts(till: Till, browser: Browser) -> None:
    intent = till.owe()
    pay(browser, intent, "alipay:qr")
    assert browser.get(url("scan", intent) + "?look=1").status_code == 200
    till.simulator.buy(PaymentAttempt.objects.get().qr_text)
    PaymentAttempt.objects.update(last_checked_at=None)
    assert browser.get(url("scan", intent) + "?look=1")["Location"] == url("return", intent)


def test_polling_asks_the_gateway_sparingly(till: Till, browser: Browser) -> None:
    intent = till.owe()
    till.start(intent)
    for _ in range(5):
        browser.get(url("status", intent))
    assert till.simulator.calls().count("alipay.trade.query") == 1


def test_ended_and_review_and_late_pages(till: Till, browser: Browser) -> None:
    ended = till.owe()
    services.cancel_intent(intent_id=ended.pk)
    assert "这笔付款已经结束" in browser.get(url("cashier", ended), follow=True).content.decode()

    doubtful = till.owe()
    till.buy(till.start(doubtful))
    till.simulator.fault("alipay.trade.query", "wrong_amount")
    assert "正在人工核对" in browser.get(url("return", doubtful)).content.decode()

    late = till.owe()
    started = till.start(late)
    services.cancel_intent(intent_id=late.pk)
    till.buy(started)
    services.settle_payment(out_trade_no=started.attempt.out_trade_no)
    assert "已全额退回" in browser.get(url("return", late)).content.decode()


def test_receipt_is_neutral_and_adds_up(till: Till, browser: Browser) -> None:
    intent = till.paid()
    services.request_refund(intent_id=intent.pk, amount_fen=10000, reason=RefundReason.GOODWILL, key="r")
    text = browser.get(url("receipt", intent)).content.decode()
    assert "¥260.00" in text
    assert not [word for word in SECRETS if word in text]
    assert browser.get(url("receipt", till.owe())).status_code == 404


def test_forms_may_lead_to_the_gateway_alone(till: Till, browser: Browser) -> None:
    policy = browser.get(url("cashier", till.owe()))["Content-Security-Policy"]
    [actions] = [part for part in policy.split(";") if part.strip().startswith("form-action")]
    assert actions.split() == ["form-action", "'self'", *form_action_origins()]


def test_door_for_notifications(till: Till) -> None:
    anyone = Browser(enforce_csrf_checks=True)
    assert anyone.post("/pay/notify/alipay/", {"a": "b"}).content == b"failure"
    assert anyone.post("/pay/notify/unknown/").status_code == 404
    assert anyone.get("/pay/notify/alipay/").status_code == 405


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listening(till: Till, settings) -> Iterator[Till]:
    """The till, with our door open to the simulator's notifications."""
    application = get_wsgi_application()

    def serve(environ, start_response):
        try:
            return list(application(environ, start_response))
        finally:
            connections.close_all()

    server = make_server("127.0.0.1", 0, serve, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PUBLIC_BASE_URL = f"http://127.0.0.1:{server.server_port}"
    yield till
    server.shutdown()
    server.server_close()


def is_paid(intent: PaymentIntent) -> bool:
    return PaymentIntent.objects.get(pk=intent.pk).state == IntentState.PAID


@pytest.mark.parametrize("fault", ["", "duplicate", "delay"])
def test_notification_arrives_by_itself(listening: Till, fault: str) -> None:
    intent = listening.owe()
    if fault:
        listening.simulator.fault("notify", fault, seconds=0.3)
    listening.buy(listening.start(intent, Method.QR))
    eventually(lambda: is_paid(intent))
    times = 2 if fault == "duplicate" else 1
    eventually(lambda: len(listening.simulator.deliveries()) >= times)
    assert {answer for _, answer in listening.simulator.deliveries()} == {"success"}
    assert ProviderEvent.objects.count() == 1
    assert listening.shop.accepted == [intent.payable_id]


def test_badly_signed_notification_is_sent_again_and_never_taken(listening: Till) -> None:
    intent = listening.owe()
    listening.simulator.fault("notify", "wrong_signature")
    listening.buy(listening.start(intent))
    eventually(lambda: len(listening.simulator.deliveries()) >= 3)
    assert not is_paid(intent)
    listening.make_due()
    services.reconcile_due()
    assert is_paid(intent)


def test_late_money_at_the_cashier(listening: Till) -> None:
    """ "晚一点再付": the money arrives after the hold; the slot is gone, so it goes back."""
    order = listening.shop.place(slot=9)
    intent = listening.owe(order, seconds=300)
    listening.buy(listening.start(intent), "late")
    listening.let_expire(intent)
    listening.make_due()
    services.reconcile_due()
    assert order.state == "pending"
    order.state = "expired"
    listening.shop.place(slot=9)
    listening.simulator.command("clock", advance=330)
    eventually(lambda: [news.reason for news in order.refunds] == ["late"])
