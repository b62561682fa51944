"""The pages: of whoever holds the link, of guardians, of the one who asks; and who sees none of them."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.basket.models import Basket
from catalog.order.models import Order
from marketplace.core.audit.models import AuditEvent
from payments.enums import AttemptState, Client, Method
from payments.models import PaymentAttempt, PaymentIntent
from payments.requests import services
from payments.requests.enums import RequestState, Shown
from payments.requests.models import PaymentRequest
from payments.requests.rules import WRONG_LINKS
from payments.requests.services import Ask
from tests import factories
from tests.catalog.order.placed import free_start, pay, put_session
from tests.payments.requests.asking import asked, intent_of, link_to, order_of_teen

pytestmark = pytest.mark.django_db
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"


@pytest.fixture
def mother():
    return factories.make_user(nickname="林女士")


@pytest.fixture
def teen(mother):
    return factories.make_teen(mother, nickname="小禾")


@pytest.fixture
def service():
    partner = factories.make_partner(name="青禾心理咨询")
    provider = factories.make_provider(partner=partner, name="陈未")
    return factories.make_service(provider, price_fen=36_000, product={"title": "考前焦虑疏导"})


@pytest.fixture
def stranger():
    """A phone without an account."""
    return Browser(HTTP_USER_AGENT=SAFARI)


def opened(browser, ask):
    """Through the cover to the page."""
    browser.post(link_to(ask) + "open/")
    return browser.get(link_to(ask))


def text_of(response):
    return response.content.decode()


# --- the link ------------------------------------------------------------------------------------------------------
def test_the_cover_says_nothing_and_opening_changes_nothing(teen, service, stranger):
    ask = asked(teen, service, ask=Ask(message="谢谢妈妈", shown=list(Shown)))
    before = PaymentRequest.objects.values("state", "token_digest", "expires_at", "ended_at", "shown").get()
    cover = stranger.get(link_to(ask))
    assert cover.status_code == 200 and "打开看看" in text_of(cover)
    for fact in ("小禾", "360", "谢谢妈妈", "考前", "陈未", "青禾", ask.intent.public_id.hex):
        assert fact not in text_of(cover), fact
    page = opened(stranger, ask)
    assert "小禾 请你帮忙付一笔" in text_of(page) and "¥360" in text_of(page) and "「谢谢妈妈」" in text_of(page)
    assert PaymentRequest.objects.values(*before).get() == before and not PaymentAttempt.objects.exists()


@pytest.mark.parametrize("path", ["", "return/", "nowhere"])
def test_nothing_of_it_leaks_to_other_places(teen, stranger, path):
    ask = asked(teen)
    url = link_to(ask) + path if path != "nowhere" else f"/pay/for/{'x' * 43}/"
    response = stranger.get(url)
    assert response["Referrer-Policy"] == "no-referrer" and "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert "/help/now/" in text_of(response)


@pytest.mark.parametrize(
    "agent",
    [
        "facebookexternalhit/1.1",
        "Slackbot-LinkExpanding 1.0",
        "WhatsApp/2.23",
        "TelegramBot (like TwitterBot)",
        "curl/8",
    ],
)
def test_a_preview_sees_the_cover_even_when_it_clicks(teen, agent):
    ask = asked(teen, ask=Ask(message="秘密的话"))
    robot = Browser(HTTP_USER_AGENT=agent)
    robot.post(link_to(ask) + "open/")
    for path in ("", "pay/", "no/", "scan/", "return/", "receipt/"):
        response = robot.get(link_to(ask) + path, follow=True)
        assert "小禾" not in text_of(response) and "360" not in text_of(response)
        assert "秘密的话" not in text_of(response)
    assert ask.events.filter(kind="opened").count() == 0


def test_only_what_was_ticked_is_shown(teen, service, stranger):
    ask = asked(teen, service, ask=Ask())
    text = text_of(opened(stranger, ask))
    for fact in ("考前焦虑疏导", "陈未", "青禾", "健康服务"):
        assert fact not in text, fact
    assert "收款方" in text and "心桥" in text and "保留到" in text
    services.change_shown(request=ask, asked_by=teen, shown=[Shown.CATEGORY])
    assert "健康服务 1 项" in text_of(stranger.get(link_to(ask)))
    services.change_shown(request=ask, asked_by=teen, shown=[Shown.PROVIDER])
    text = text_of(stranger.get(link_to(ask)))
    assert "陈未" in text and "考前焦虑疏导" not in text
    services.change_shown(request=ask, asked_by=teen, shown=[Shown.TITLE])
    text = text_of(stranger.get(link_to(ask)))
    assert "考前焦虑疏导" in text and "陈未" not in text


def test_the_payers_page_has_no_running_clock_and_no_details_in_addresses(teen, service, stranger):
    text = text_of(opened(stranger, asked(teen, service)))
    assert "分钟" not in re.sub(r"<svg.*?</svg>", "", text)
    assert str(Order.objects.get().number) not in text and str(Order.objects.get().public_id) not in text


@pytest.mark.parametrize(
    ("end", "words", "status"),
    [
        (lambda ask, teen: services.revoke_ask(request=ask, revoked_by=teen), "已经撤回", 410),
        (lambda ask, teen: services.decline_ask(request=ask), "这次先不付", 410),
        (lambda ask, teen: pay(Order.objects.get()), "已经有人付好了", 200),
        (lambda ask, teen: PaymentRequest.objects.update(expires_at=timezone.now(), created_at="2026-01-01T00:00Z"),
         "已经到期", 410),
    ],
)  # fmt: skip
def test_links_that_are_over_say_so_calmly(teen, stranger, end, words, status):
    ask = asked(teen)
    url = link_to(ask)
    end(ask, teen)
    response = stranger.get(url)
    assert response.status_code == status and words in text_of(response)
    assert "360" not in text_of(response) and "/help/now/" in text_of(response)
    assert stranger.post(url + "pay/", {"way": "alipay:wap"}).status_code == 302


def test_a_wrong_link_is_calm_and_guessing_is_slowed_down(teen, stranger):
    asked(teen)
    wrong = f"/pay/for/{'A' * 43}/"
    response = stranger.get(wrong)
    assert response.status_code == 404 and "没有找到这个链接" in text_of(response)
    for _ in range(WRONG_LINKS.free):
        stranger.get(wrong)
    assert stranger.get(wrong).status_code == 429
    cache.clear()


def test_not_this_time_is_asked_once_more(teen, stranger):
    ask = asked(teen)
    assert stranger.get(link_to(ask) + "no/").status_code == 302, "only after opening"
    opened(stranger, ask)
    assert "这次先不付，没关系" in text_of(stranger.get(link_to(ask) + "no/"))
    ask.refresh_from_db()
    assert ask.is_active
    url = link_to(ask)
    response = stranger.post(url + "no/", follow=True)
    ask.refresh_from_db()
    assert ask.state == RequestState.DECLINED and "已经回复" in text_of(response)


def test_another_site_cannot_send_the_form(teen):
    ask = asked(teen)
    browser = Browser(HTTP_USER_AGENT=SAFARI, enforce_csrf_checks=True)
    browser.post(link_to(ask) + "open/")
    assert browser.post(link_to(ask) + "no/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    ask.refresh_from_db()
    assert ask.is_active
    url = link_to(ask)
    assert browser.post(url + "no/", headers={"Origin": "null"}).status_code == 302, "our own form, without a referrer"
    ask.refresh_from_db()
    assert ask.state == RequestState.DECLINED


def test_the_one_who_asked_is_told_that_it_is_their_own_link(teen):
    ask = asked(teen)
    browser = factories.signed_in(teen)
    browser.post(link_to(ask) + "open/")
    assert "这是你自己发出的链接" in text_of(browser.get(link_to(ask)))
    assert browser.post(link_to(ask) + "pay/", {"way": "alipay:qr"}).status_code == 302
    assert not PaymentAttempt.objects.exists()


def attempt_of_somebody(ask, **fields):
    return PaymentAttempt.objects.create(
        **{"intent": ask.intent, "gateway": "alipay", "method": Method.QR, "client": Client.PHONE, "out_trade_no": "P1",
           "amount_fen": 36_000, "payable_until": ask.expires_at, "state": AttemptState.PENDING} | fields
    )  # fmt: skip


def test_the_second_payer_hears_that_somebody_pays(teen, stranger):
    ask = asked(teen)
    attempt_of_somebody(ask)
    opened(stranger, ask)
    response = stranger.post(link_to(ask) + "pay/", {"way": "alipay:wap"})
    assert response.status_code == 409 and "另一个人刚刚开始付这一笔" in text_of(response)
    assert PaymentAttempt.objects.count() == 1


def test_the_receipt_is_neutral_and_there_for_a_while(teen, service, stranger):
    ask = asked(teen, service, ask=Ask(shown=list(Shown)))
    url = link_to(ask)
    opened(stranger, ask)
    pay(Order.objects.get())
    assert "付好了，谢谢你" in text_of(stranger.get(url))
    receipt = text_of(stranger.get(url + "receipt/"))
    assert "¥360.00" in receipt and "健康服务 1 项" in receipt
    for fact in ("考前焦虑疏导", "陈未", "青禾"):
        assert fact not in receipt
    other = Browser(HTTP_USER_AGENT=SAFARI)
    assert other.get(url + "receipt/").status_code == 302, "only after opening"
    PaymentIntent.objects.update(paid_at=timezone.now() - timezone.timedelta(days=31))
    assert stranger.get(url + "receipt/").status_code == 302, "back to the page that says how it stands"
    assert "360" not in text_of(stranger.get(url))


# --- guardians -----------------------------------------------------------------------------------------------------
def test_a_guardian_sees_time_place_organisation_and_price_from_fourteen_on(teen, mother, service):
    ask = asked(teen, service, ask=Ask(guardian=mother))
    browser = factories.signed_in(mother)
    assert "小禾 请你付一笔" in text_of(browser.get("/pay/for/"))
    text = text_of(browser.get(f"/pay/for/guardian/{ask.public_id}/"))
    assert "青禾心理咨询" in text and "10:00" in text
    assert "考前焦虑疏导" not in text and "陈未" not in text


def test_below_fourteen_the_guardian_sees_what_it_is(mother, service):
    ask = asked(factories.make_teen(mother, age=12), service, ask=Ask(guardian=mother))
    assert "考前焦虑疏导" in text_of(factories.signed_in(mother).get(f"/pay/for/guardian/{ask.public_id}/"))


def test_from_sixteen_on_the_guardian_sees_no_more_than_a_stranger(mother, service):
    ask = asked(factories.make_teen(mother, age=16), service, ask=Ask(guardian=mother))
    text = text_of(factories.signed_in(mother).get(f"/pay/for/guardian/{ask.public_id}/"))
    for fact in ("考前焦虑疏导", "陈未", "青禾", "10:00"):
        assert fact not in text, fact


def test_looks_of_guardians_are_written_down(teen, mother, service):
    ask = asked(teen, service, ask=Ask(guardian=mother))
    before = AuditEvent.objects.count()
    factories.signed_in(mother).get(f"/pay/for/guardian/{ask.public_id}/")
    assert AuditEvent.objects.count() == before + 1


@pytest.mark.parametrize("page", ["", "pay/", "no/", "scan/", "return/", "status/"])
def test_for_anybody_else_there_is_no_ask(teen, mother, page):
    ask = asked(teen, ask=Ask(guardian=mother))
    url = f"/pay/for/guardian/{ask.public_id}/{page}"
    assert factories.signed_in(factories.make_parent()).get(url).status_code == 404
    assert factories.signed_in(teen).get(url).status_code == 404
    assert Browser().get(url).status_code == 302


def test_a_guardian_takes_it_back(teen, mother):
    ask = asked(teen, ask=Ask(guardian=mother))
    browser = factories.signed_in(mother)
    assert browser.post(f"/pay/for/guardian/{ask.public_id}/revoke/", follow=True).status_code == 200
    ask.refresh_from_db()
    assert ask.state == RequestState.REVOKED


@pytest.mark.parametrize("path", ["/pay/for/", "/pay/for/alone/"])
def test_lists_ask_as_often_however_long_they_are(path):
    mother = factories.make_user()
    service = factories.make_service(price_fen=6_000)
    counts = []
    for number in (1, 3):
        while PaymentRequest.objects.count() < number:
            teen = factories.make_teen(mother, age=17)
            asked(teen, service, ask=Ask(guardian=mother), starts_at=start_of(PaymentRequest.objects.count()))
            if "alone" in path:
                intent = PaymentRequest.objects.latest("pk").intent
                pay(Order.objects.get(pk=intent.payable_id))
                intent.attempts.update(payer=teen)
        browser = factories.signed_in(mother)
        browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def start_of(number):
    return free_start(hour=9 + 2 * number)


# --- the one who asks ----------------------------------------------------------------------------------------------
def test_the_one_who_asked_sees_link_code_and_state(teen, mother):
    ask = asked(teen, ask=Ask(guardian=mother, message="谢谢妈妈"))
    text = text_of(factories.signed_in(teen).get(f"/pay/for/mine/{ask.public_id}/"))
    assert link_to(ask) in text and "<svg" in text and "等待家长付款" in text and "林女士" in text
    assert factories.signed_in(mother).get(f"/pay/for/mine/{ask.public_id}/").status_code == 404


def test_the_page_tells_when_something_happened(teen):
    ask = asked(teen)
    browser = factories.signed_in(teen)
    url = f"/pay/for/mine/{ask.public_id}/status/?seen=active"
    assert "HX-Redirect" not in browser.get(url)
    pay(Order.objects.get())
    assert browser.get(url)["HX-Redirect"] == f"/pay/for/mine/{ask.public_id}/"
    assert "付好了，放心" in text_of(browser.get(f"/pay/for/mine/{ask.public_id}/"))


def test_buttons_of_the_one_who_asked(teen):
    ask = asked(teen)
    old = link_to(ask)
    browser = factories.signed_in(teen)
    mine = f"/pay/for/mine/{ask.public_id}/"
    browser.post(mine + "link/")
    browser.post(mine + "shown/", {"shown": ["time"]})
    ask.refresh_from_db()
    assert ask.shown == ["time"] and link_to(ask) != old
    assert "撤回这个请求？" in text_of(browser.get(mine + "revoke/"))
    browser.post(mine + "revoke/")
    ask.refresh_from_db()
    assert ask.state == RequestState.REVOKED


def test_asking_for_what_is_ordered_already(mother):
    teen = factories.make_teen(mother, age=17)
    intent = intent_of(order_of_teen(teen, factories.make_service(price_fen=6_000)))
    browser = factories.signed_in(teen)
    url = f"/pay/for/new/{intent.public_id}/"
    assert "请家长付 ¥60" in text_of(browser.get(url))
    choice = str(teen.young_profile.guardianships.get().public_id)
    response = browser.post(url, {"to": choice, "shown": ["category"], "message": "谢谢"})
    ask = PaymentRequest.objects.get()
    assert response.url == f"/pay/for/mine/{ask.public_id}/" and ask.intended_payer == mother
    assert factories.signed_in(mother).get(url).status_code == 404


# --- the checkout --------------------------------------------------------------------------------------------------
def checkout_of(teen, **fields):
    basket = Basket.objects.get(owner=teen, status="Open")
    return {"basket": basket.pk, "contact_name": "小禾", "contact_phone": "13800000000", "who": "parent"} | fields


def test_the_checkout_asks_a_parent(teen, mother, service):
    put_session(teen, service, child=teen.young_profile)
    browser = factories.signed_in(teen)
    page = text_of(browser.get("/checkout/"))
    assert "请家长付" in page and "林女士（在 App 里告诉 TA）" in page and "自己付" not in page
    choice = str(teen.young_profile.guardianships.get().public_id)
    response = browser.post("/checkout/", checkout_of(teen, **{"ask-to": choice, "ask-message": "周六我自己去"}))
    ask = PaymentRequest.objects.get()
    assert response.url == f"/pay/for/mine/{ask.public_id}/"
    assert (ask.intended_payer, ask.message, ask.shown) == (mother, "周六我自己去", [])


def test_within_the_cap_one_may_pay_alone(mother):
    teen = factories.make_teen(mother, age=17)
    put_session(teen, factories.make_service(price_fen=6_000), child=teen.young_profile)
    browser = factories.signed_in(teen)
    assert "自己付" in text_of(browser.get("/checkout/"))
    response = browser.post("/checkout/", checkout_of(teen, who="self"))
    assert response.url == f"/pay/{PaymentIntent.objects.get().public_id}/"
    assert not PaymentRequest.objects.exists()


def test_self_is_no_choice_beyond_the_cap(teen, service):
    put_session(teen, service, child=teen.young_profile)
    response = factories.signed_in(teen).post("/checkout/", checkout_of(teen, who="self"))
    assert response.status_code == 422 and not Order.objects.exists()


def test_grown_ups_see_nothing_of_it():
    parent = factories.make_parent()
    put_session(parent, factories.make_service())
    text = text_of(factories.signed_in(parent).get("/checkout/"))
    assert "请家长付" not in text


def test_a_young_person_comes_to_what_they_asked_and_not_to_the_guardians_page(teen):
    client = factories.signed_in(teen)
    assert client.get(reverse("payment_requests:asked")).url == reverse("me")
    ask = asked(teen)
    own = reverse("payment_requests:mine", args=[ask.public_id])
    assert client.get(reverse("payment_requests:asked")).url == own
