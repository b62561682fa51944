"""Our pages for WeChat: inside the app, on a phone, at a desktop, and by a link without an account."""

import json
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from payments.enums import IntentState, Method
from payments.models import PaymentAttempt, PaymentIntent
from tests.factories import signed_in
from tests.payments.simulated import visit
from tests.payments.till import Till
from tests.payments.wechat.simulated import WechatSimulator

INSIDE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile MicroMessenger/8"}
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile Safari"}


@pytest.fixture
def browser(wechat_till: Till) -> Browser:
    """The buyer, signed in, inside WeChat."""
    browser = signed_in(wechat_till.buyer)
    browser.defaults |= INSIDE
    return browser


def url(name: str, intent: PaymentIntent) -> str:
    return reverse(f"payments:{name}", args=[intent.public_id])


def begin(browser: Browser, intent: PaymentIntent):
    """Press pay; returns WeChat's page and where it comes back to."""
    response = browser.post(url("cashier", intent), {"way": "wechat:jsapi"})
    assert response.status_code == 302
    status, _, back = visit(response["Location"].split("#")[0])
    assert status == 302
    return response["Location"], back.removeprefix(django_settings.PUBLIC_BASE_URL)


def test_paying_inside_wechat(wechat_till: Till, wechat_simulator: WechatSimulator, browser: Browser) -> None:
    intent = wechat_till.owe()
    openid = wechat_simulator.become("mother")
    going, back = begin(browser, intent)
    assert parse_qs(urlsplit(going).query)["redirect_uri"] == ["http://127.0.0.1:9" + reverse("payments:wechat")]
    assert not PaymentAttempt.objects.exists()

    page = browser.get(back)
    text = page.content.decode()
    assert f'action="{url("cashier", intent)}"' in text
    assert 'value="wechat:jsapi"' in text
    assert openid not in text
    assert page["Cache-Control"].startswith("max-age=0")

    page = browser.post(url("cashier", intent), {"way": "wechat:jsapi"})
    text = page.content.decode()
    assert openid not in text
    arguments = json.loads(unescape(text.split('data-bridge="')[1].split('"')[0]))
    assert f'data-return="{url("return", intent)}"' in text
    wechat_simulator.buy(wechat_simulator.bridge_page(arguments))
    assert "付好了" in browser.get(url("return", intent)).content.decode()
    intent.refresh_from_db()
    assert intent.state == IntentState.PAID
    assert intent.settled_by.method == Method.JSAPI


def test_demo_shows_where_to_pay_without_the_app(
    wechat_till: Till, wechat_simulator: WechatSimulator, browser: Browser
) -> None:
    intent = wechat_till.owe()
    browser.get(begin(browser, intent)[1])
    text = browser.post(url("cashier", intent), {"way": "wechat:jsapi"}).content.decode()
    link = unescape(text.split(f'href="{wechat_simulator.url}')[1].split('"')[0])
    assert wechat_simulator.buy(wechat_simulator.url + link) == "http://127.0.0.1:9" + url("return", intent)


def test_openid_is_asked_for_once(wechat_till: Till, wechat_simulator: WechatSimulator, browser: Browser) -> None:
    browser.get(begin(browser, wechat_till.owe())[1])
    response = browser.post(url("cashier", wechat_till.owe()), {"way": "wechat:jsapi"})
    assert "data-bridge" in response.content.decode()


def test_openid_is_in_no_row_and_no_cookie(
    wechat_till: Till, wechat_simulator: WechatSimulator, browser: Browser
) -> None:
    openid = wechat_simulator.become("mother")
    browser.get(begin(browser, wechat_till.owe())[1])
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert kept
    assert openid not in str(kept)
    assert openid not in str(browser.cookies)


@pytest.mark.parametrize("change", ["", "?", "?state=x&code=y", "?state=é", "other browser", "twice", "too late"])
def test_way_back_of_somebody_else_leads_nowhere(
    wechat_till: Till, wechat_simulator: WechatSimulator, browser: Browser, change: str
) -> None:
    """Nobody can slip their own openid under another's payment, nor anybody's page under ours."""
    back = begin(browser, wechat_till.owe())[1]
    visitor = browser
    if change == "other browser":
        visitor = Browser()
    elif change == "twice":
        browser.get(back)
    elif change == "too late":
        cache.clear()
        browser.force_login(wechat_till.buyer)
        session = browser.session
        session["wechat_state"] = parse_qs(urlsplit(back).query)["state"][0]
        session.save()
    else:
        back = reverse("payments:wechat") + change
    response = visitor.get(back)
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


@pytest.mark.parametrize("code", ["", "wrong"])
def test_code_that_is_no_good_leads_back_to_the_other_ways(
    wechat_till: Till, wechat_simulator: WechatSimulator, browser: Browser, code: str
) -> None:
    intent = wechat_till.owe()
    state = parse_qs(urlsplit(begin(browser, intent)[1]).query)["state"][0]
    response = browser.get(f"{reverse('payments:wechat')}?state={state}&code={code}")
    assert response["Location"] == url("cashier", intent)
    assert "暂时没有回应" in browser.get(response["Location"]).content.decode()


def test_phone_goes_to_wechat_and_says_only_from_which_site(
    wechat_till: Till, wechat_simulator: WechatSimulator, browser: Browser
) -> None:
    intent = wechat_till.owe()
    response = browser.post(url("cashier", intent), {"way": "wechat:h5"}, **PHONE)
    assert response["Location"].startswith(f"{wechat_simulator.url}/h5/")
    assert response["Referrer-Policy"] == "strict-origin"
    back = wechat_simulator.buy(response["Location"])
    assert back == "http://127.0.0.1:9" + url("return", intent)
    assert "付好了" in browser.get(url("return", intent)).content.decode()


def test_desktop_scans(wechat_till: Till, browser: Browser) -> None:
    intent = wechat_till.owe()
    desktop = signed_in(wechat_till.buyer)
    assert desktop.post(url("cashier", intent), {"way": "wechat:qr"})["Location"] == url("scan", intent)
    assert "用微信扫一扫" in desktop.get(url("scan", intent)).content.decode()
