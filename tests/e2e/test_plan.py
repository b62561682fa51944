"""A parent tries the plan: through to a renewal and a cancellation, and to an end where nothing was taken."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from payments.models import PaymentAttempt
from payments.services import check_attempt
from payments.subscriptions.enums import Benefit
from payments.subscriptions.models import Subscription
from payments.subscriptions.services import advance_due, publish_plan
from tests.factories.catalogue import make_course
from tests.factories.people import make_parent
from tests.payments.simulated import Simulator
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]
PHONE_NUMBER = "+8613912340001"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def site(gunicorn_server: str) -> str:
    publish_plan(
        code="family",
        name="家庭会员",
        name_en="Family plan",
        amount_fen=39_800,
        period_months=1,
        benefits=[Benefit.REPORTS, Benefit.COURSES],
        sessions=1,
        session_unit_fen=36_000,
    )
    make_course(title="睡前十分钟")
    make_parent(phone=PHONE_NUMBER, nickname="林女士")
    return gunicorn_server


@pytest.fixture
def alipay(simulator_server: str) -> Iterator[Simulator]:
    simulator = Simulator(simulator_server)
    simulator.command("reset")
    yield simulator
    simulator.command("reset")


def parent() -> User:
    return User.objects.get(phone=PHONE_NUMBER)


def sign_in(page: Any, site: str) -> None:
    user = parent()
    accept_agreements(user=user, agreements=agreements_in_force())
    enter_as(page, site, user)


def start_trial(page: Any, site: str, axe: Callable[[Any], None]) -> None:
    page.goto(f"{site}/me/")
    page.get_by_role("link", name="心桥会员").click()
    page.get_by_role("heading", name="怎么取消").wait_for()
    assert page.get_by_text("没有选择续费：自动结束，不会扣款。").is_visible()
    axe(page)
    page.locator("input[value='alipay:agreement']").check(force=True)
    page.get_by_role("button", name="开始试用，今天不收钱").click()
    page.get_by_role("button", name=re.compile("钱包甲")).click()
    page.get_by_role("heading", name="我的会员").wait_for()
    assert page.get_by_text("试用开始了").is_visible()
    assert page.get_by_role("radio", name=re.compile("到期结束")).is_checked()
    axe(page)


def pass_time(alipay: Simulator, begun: datetime, *, days: int) -> datetime:
    """The company's clock and ours run on, the scheduler looking four times a day; returns the new now."""
    now = begun
    for _ in range(days * 4):
        now += 6 * HOUR
        alipay.command("clock", advance=6 * 3600)
        advance_due(now=now)
    for attempt in PaymentAttempt.objects.filter(intent__buyer=parent()):
        check_attempt(attempt_id=attempt.pk)
    return now


def test_trial_to_renewal_to_cancellation(page, site, axe, alipay, viewport):
    sign_in(page, site)
    start_trial(page, site, axe)
    page.get_by_role("link", name="去看课程与练习").click()
    page.get_by_role("button", name=re.compile("打开")).first.wait_for()
    axe(page)
    page.get_by_role("button", name=re.compile("打开")).first.click()
    page.get_by_role("heading", name="睡前十分钟").wait_for()

    page.goto(f"{site}/pay/plan/mine/")
    page.get_by_role("radio", name=re.compile("到期自动续费")).check(force=True)
    page.get_by_role("button", name="保存选择").click()
    page.get_by_text("记下了：到期自动续费。").wait_for()

    now = pass_time(alipay, timezone.now(), days=3)
    page.goto(f"{site}/pay/plan/mine/")
    page.locator(".plan-notice summary").first.click()
    assert page.get_by_text("不想续").first.is_visible()
    axe(page)

    pass_time(alipay, now, days=5)
    page.goto(f"{site}/pay/plan/mine/")
    assert page.get_by_text("使用中").is_visible()
    assert page.locator("a[href$='/receipt/']").is_visible()
    axe(page)
    page.get_by_role("link", name=re.compile("现在结束")).click()
    page.get_by_role("heading", name="现在结束会员").wait_for()
    axe(page)
    page.go_back()
    page.get_by_role("button", name="取消自动扣款授权").click()
    page.get_by_text("扣款授权已取消").wait_for()
    axe(page)
    assert alipay.command("agreements")["agreements"]
    assert all(kept["status"] not in ("TEMP", "NORMAL") for kept in alipay.command("agreements")["agreements"].values())
    assert Subscription.objects.get().state == "active"


def test_trial_ends_and_nothing_is_taken(page, site, axe, alipay, viewport):
    sign_in(page, site)
    start_trial(page, site, axe)
    pass_time(alipay, timezone.now(), days=8)
    page.goto(f"{site}/pay/plan/mine/")
    assert page.get_by_text("已结束").first.is_visible()
    assert page.get_by_text("还没有付过款").is_visible()
    axe(page)
    page.get_by_role("link", name="看看会员").click()
    page.get_by_role("heading", name="开通一期").wait_for()
    axe(page)
    assert alipay.trades() == {}
