"""Every rail through a browser: paid, declined, abandoned and paid after all; a refund seen; fapiao; without scripts."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse

from catalog.order.models import Order
from catalog.order.services.refunding import ask_line_refund
from payments.enums import RefundReason, RefundState
from payments.models import PaymentAttempt, PaymentIntent, Refund
from payments.selectors import latest_intent_of
from tests import factories
from tests.catalog.order.placed import order_of
from tests.payments.simulated import Simulator
from tests.support.browser import DESKTOP, PHONE, enter_as

pytestmark = pytest.mark.django_db(transaction=True)
WECHAT_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile MicroMessenger/8.0.50"
)

phone = pytest.mark.parametrize("viewport", [PHONE], indirect=True, ids=["phone"])
desktop = pytest.mark.parametrize("viewport", [DESKTOP], indirect=True, ids=["desktop"])
both = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], indirect=True, ids=["phone", "desktop"])
Axe = Callable[[Any], None]


@pytest.fixture
def companies(simulator_server: str) -> Iterator[None]:
    """All three, forgetting everything before and after."""
    simulators = [Simulator(simulator_server + path) for path in ("", "/wechat", "/stripe")]
    for simulator in simulators:
        simulator.command("reset")
    yield
    for simulator in simulators:
        simulator.command("reset")


@pytest.fixture
def order(db: None) -> Order:
    return order_of(factories.make_parent(), factories.make_goods(price_fen=12_850))


@pytest.fixture
def site(gunicorn_server: str, companies: None) -> str:
    return gunicorn_server


def intent_of(order: Order) -> PaymentIntent:
    intent = latest_intent_of("order", order.pk)
    assert intent is not None
    return intent


def check(page: Any, axe: Axe) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"


def open_cashier(page: Any, site: str, order: Order) -> None:
    enter_as(page, site, order.user)
    page.goto(site + reverse("payments:cashier", args=[intent_of(order).public_id]))


def choose(page: Any, way: str) -> None:
    """Choose one of the rows; one of 其他方式 is opened first."""
    row = page.locator(f'input[name=way][value="{way}"]')
    if not row.is_visible():
        page.locator("summary", has_text="其他方式").click()
    row.check(force=True)
    page.get_by_role("button", name="确认付款 ¥128.50").click()


def at_company(page: Any, order: Order) -> Any:
    """Where the outcome is chosen: this page, or for a code the phone that scanned it."""
    if "/scan/" not in page.url:
        return page
    scanning = page.context.new_page()
    scanning.goto(PaymentAttempt.objects.filter(intent=intent_of(order)).latest("pk").qr_text)
    return scanning


def press(page: Any, words: str) -> None:
    page.get_by_role("button", name=re.compile(words)).first.click()


def sees_paid(page: Any, order: Order, axe: Axe) -> None:
    page.get_by_role("heading", name="付好了").wait_for(timeout=20_000)
    check(page, axe)
    order.refresh_from_db()
    assert order.status == "paid"


RAILS = [
    pytest.param(PHONE, "wechat:h5", id="phone-wechat"),
    pytest.param(PHONE, "alipay:wap", id="phone-alipay"),
    pytest.param(PHONE, "stripe:card", id="phone-card"),
    pytest.param(DESKTOP, "wechat:qr", id="desktop-wechat"),
    pytest.param(DESKTOP, "alipay:qr", id="desktop-alipay-code"),
    pytest.param(DESKTOP, "alipay:page", id="desktop-alipay-page"),
    pytest.param(DESKTOP, "stripe:card", id="desktop-card"),
]


@pytest.mark.parametrize(("viewport", "way"), RAILS, indirect=["viewport"])
def test_paid_by_each_rail(page: Any, axe: Axe, site: str, order: Order, viewport: Any, way: str) -> None:
    open_cashier(page, site, order)
    check(page, axe)
    first = "wechat:h5" if viewport == PHONE else "wechat:qr"
    assert page.locator("input[name=way]:checked").get_attribute("value") == first
    choose(page, way)
    if "/scan/" in page.url:
        check(page, axe)
    press(at_company(page, order), "付款成功")
    sees_paid(page, order, axe)
    attempt = PaymentAttempt.objects.get()
    assert (f"{attempt.gateway}:{attempt.method}", attempt.captured_fen) == (way, 12_850)


DECLINED = [
    pytest.param(PHONE, "wechat:h5", "付款失败", id="wechat"),
    pytest.param(PHONE, "alipay:wap", "余额不足|付款失败", id="alipay"),
    pytest.param(DESKTOP, "stripe:card", "银行拒绝", id="card"),
]


@pytest.mark.parametrize(("viewport", "way", "no"), DECLINED, indirect=["viewport"])
def test_declined_then_left_then_paid_another_way(
    page: Any, axe: Axe, site: str, order: Order, viewport: Any, way: str, no: str
) -> None:
    open_cashier(page, site, order)
    choose(page, way)
    press(page, no)
    page.get_by_text(re.compile("没有扣款")).first.wait_for()
    page.goto(site + reverse("payments:return", args=[intent_of(order).public_id]))
    page.get_by_role("heading", name="还没有付款").wait_for()
    assert page.get_by_role("link", name="继续付款").is_visible()
    check(page, axe)
    order.refresh_from_db()
    assert order.status == "pending"

    page.get_by_role("link", name="继续付款").click()
    assert page.locator("input[name=way]:checked").get_attribute("value") == way
    choose(page, "alipay:wap" if viewport == PHONE and way != "alipay:wap" else "stripe:card")
    press(page, "付款成功")
    sees_paid(page, order, axe)
    assert PaymentAttempt.objects.filter(captured_fen__gt=0).count() == 1


@pytest.mark.parametrize(
    ("viewport", "way"),
    [
        pytest.param(PHONE, "wechat:h5", id="wechat"),
        pytest.param(PHONE, "alipay:wap", id="alipay"),
        pytest.param(DESKTOP, "stripe:card", id="card"),
    ],
    indirect=["viewport"],
)
def test_abandoned_payment_leads_back_to_paying(
    page: Any, axe: Axe, site: str, order: Order, viewport: Any, way: str
) -> None:
    open_cashier(page, site, order)
    choose(page, way)
    press(page, "放弃")
    page.wait_for_url(re.compile(re.escape(site)))
    page.get_by_role("heading", name="还没有付款").wait_for()
    assert not page.get_by_text("正在确认付款").is_visible()
    page.get_by_role("link", name="看看订单").click()
    page.get_by_text("等待付款").first.wait_for()
    check(page, axe)


@both
def test_refund_is_seen_step_by_step(page: Any, axe: Axe, site: str, order: Order, viewport: Any) -> None:
    from django.db import transaction

    open_cashier(page, site, order)
    choose(page, "stripe:card")
    press(page, "付款成功")
    sees_paid(page, order, axe)
    with transaction.atomic():
        ask_line_refund(
            line=order.lines.get(), amount_fen=2_850, reason=RefundReason.GOODWILL, initiator=factories.make_staff()
        )
    page.goto(f"{site}/orders/{order.public_id}/")
    steps = page.locator("#refunds .refund__step")
    assert [step.split("\n")[0] for step in steps.all_inner_texts()] == ["申请", "发出", "到账"]
    assert page.get_by_text("已经退到原来付款的账户").is_visible()
    check(page, axe)

    Refund.objects.update(state=RefundState.NEEDS_MANUAL, finished_at=None)
    page.reload()
    assert page.get_by_text("我们的同事正在处理").is_visible()
    check(page, axe)
    page.goto(f"{site}/pay/mine/")
    check(page, axe)
    page.get_by_role("link", name=re.compile("¥128.50")).click()
    page.get_by_role("heading", name="付款进度").wait_for()
    check(page, axe)
    page.get_by_role("link", name="收据", exact=True).click()
    page.get_by_role("heading", name="收据").wait_for()
    check(page, axe)
    assert order.lines.get().title not in page.inner_text("main")


@both
def test_fapiao_is_asked_for_and_issued(page: Any, axe: Axe, site: str, order: Order, viewport: Any) -> None:
    open_cashier(page, site, order)
    choose(page, "stripe:card")
    press(page, "付款成功")
    sees_paid(page, order, axe)
    page.goto(site + reverse("fapiao:request", args=[intent_of(order).public_id]))
    check(page, axe)
    assert not page.get_by_label("统一社会信用代码").is_visible()
    page.get_by_label("单位").check(force=True)
    page.get_by_label("发票抬头").fill("示例科技有限公司")
    page.get_by_label("统一社会信用代码").fill("91440300708461136A")
    page.get_by_label("收发票的邮箱").fill("caiwu@example.com")
    press(page, "申请发票")
    page.get_by_text("税号对不上").wait_for()
    check(page, axe)
    page.get_by_label("统一社会信用代码").fill("91440300708461136T")
    press(page, "申请发票")
    page.get_by_role("heading", name="已申请，等待开具").wait_for()
    check(page, axe)

    enter_as(page, site, factories.make_staff(duties=["finance"]))
    for path in ("/finance/", "/finance/ledger/", "/finance/funnel/", "/finance/fapiao/"):
        page.goto(site + path)
        check(page, axe)
    page.get_by_role("link", name=re.compile("¥128.50")).click()
    check(page, axe)
    page.get_by_label("发票号码").fill("25312000000000000123")
    press(page, "已开好")
    page.get_by_text("已登记").wait_for()

    enter_as(page, site, order.user)
    page.goto(site + reverse("fapiao:request", args=[intent_of(order).public_id]))
    page.get_by_text("25312000000000000123").wait_for()
    check(page, axe)


def test_inside_wechat_alipay_is_said_not_to_open(browser: Any, axe: Axe, site: str, order: Order) -> None:
    context = browser.new_context(locale="zh-CN", viewport=PHONE, has_touch=True, user_agent=WECHAT_AGENT)
    context.set_default_timeout(15_000)
    page = context.new_page()
    open_cashier(page, site, order)
    check(page, axe)
    assert page.locator("input[name=way]:checked").get_attribute("value") == "wechat:jsapi"
    assert page.locator('input[value="alipay:wap"]').is_disabled()
    choose(page, "wechat:jsapi")
    page.get_by_role("link", name=re.compile("模拟的付款窗口")).wait_for()
    check(page, axe)
    page.get_by_role("link", name=re.compile("模拟的付款窗口")).click()
    press(page, "付款成功")
    sees_paid(page, order, axe)
    context.close()


def test_paid_by_code_without_scripts(browser: Any, site: str, order: Order) -> None:
    context = browser.new_context(locale="zh-CN", viewport=DESKTOP, java_script_enabled=False)
    context.set_default_timeout(15_000)
    page = context.new_page()
    open_cashier(page, site, order)
    page.locator('input[value="alipay:qr"]').check(force=True)
    page.get_by_role("button", name="确认付款 ¥128.50").click()
    page.locator(".pay-code svg").wait_for()
    press(at_company(page, order), "付款成功")
    page.get_by_role("heading", name="付好了").wait_for(timeout=20_000)  # the page looks again by itself
    context.close()
