"""The plan's pages: honest before, useful during, nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

import tests.factories as factories
from payments.enums import RefundReason
from payments.models import Refund
from payments.subscriptions import services
from payments.subscriptions.enums import EndReason, SubscriptionState
from tests.payments.subscriptions.family import DAY, HOUR, Family

pytestmark = pytest.mark.django_db
PLAN, MINE = "/pay/plan/", "/pay/plan/mine/"


@pytest.fixture
def browser(family: Family) -> Client:
    return factories.signed_in(family.user)


def test_offer_says_price_days_and_way_out(client: Client, family: Family) -> None:
    page = client.get(PLAN).content.decode()
    for said in ("¥98", "不会扣款", "怎么取消", "第 1、3、5 天", "登录"):
        assert said in page


def test_offer_ticks_no_renewal_and_counts_nothing_down(browser: Client) -> None:
    page = browser.get(PLAN).content.decode()
    assert 'name="renews"' not in page and "倒计时" not in page and "仅剩" not in page


def test_young_person_is_offered_nothing_to_pay(family: Family) -> None:
    teen = factories.signed_in(factories.make_teen(factories.make_parent()))
    page = teen.get(PLAN).content.decode()
    assert "会员由家长开通" in page and "¥" not in page and '<form method="post" action="/pay/plan/' not in page
    for name in ("start", "buy"):
        answer = teen.post(reverse(f"subscriptions:{name}"), {"plan": family.plan.public_id, "way": "wechat:agreement"})
        assert answer.url == PLAN
    assert teen.get(MINE).url == PLAN


def test_start_leads_to_the_company_and_back(browser: Client, family: Family) -> None:
    answer = browser.post("/pay/plan/start/", {"plan": family.plan.public_id, "way": "wechat:agreement"})
    assert answer.url.startswith("https://company.example/sign/")
    back = reverse("subscriptions:signed", args=[family.agreement.public_id])
    assert "等支付公司确认" in browser.get(back + "?status=NORMAL").content.decode()
    family.company.sign(family.agreement.out_agreement_no)
    assert browser.get(back).url == MINE
    page = browser.get(MINE).content.decode()
    assert "试用中" in page and "没有。到期自动结束" in page


def test_trial_used_card_is_told_kindly(browser: Client, family: Family) -> None:
    Family(family.company, plan=family.plan).start_trial(instrument="the-card")
    agreement = family.ask_for_trial()
    family.company.sign(agreement.out_agreement_no, instrument="the-card")
    page = browser.get(reverse("subscriptions:signed", args=[agreement.public_id])).content.decode()
    assert "已经试用过" in page and "没有扣款" in page


def test_choice_and_cancellation_are_one_post(browser: Client, family: Family) -> None:
    family.start_trial()
    browser.post("/pay/plan/mine/choose/", {"renews": "yes"})
    assert family.subscription.renews
    browser.post("/pay/plan/mine/cancel/")
    assert not family.subscription.renews
    services.advance_due(now=family.now + HOUR)
    assert browser.post("/pay/plan/mine/choose/", {"renews": "yes"}).url == reverse("subscriptions:renew")


def test_refund_page_shows_the_sum_that_goes_back(browser: Client, family: Family) -> None:
    family.start_trial().choose(renews=True)
    family.wait(8 * DAY)
    assert "¥98.00" in browser.get("/pay/plan/mine/refund/").content.decode()
    assert browser.post("/pay/plan/mine/refund/", {"shown_fen": 1}).url == "/pay/plan/mine/refund/"
    shown = browser.get("/pay/plan/mine/refund/").context["offer"].amount_fen
    assert browser.post("/pay/plan/mine/refund/", {"shown_fen": shown}).url == MINE
    assert family.subscription.ended_reason == EndReason.REFUNDED
    assert Refund.objects.get().reason == RefundReason.UNUSED
    assert "已结束" in browser.get(MINE).content.decode()


def test_bought_by_hand_leads_to_the_cashier(browser: Client, family: Family) -> None:
    answer = browser.post("/pay/plan/buy/", {"plan": family.plan.public_id})
    assert family.subscription.state == SubscriptionState.INCOMPLETE
    assert answer.url == reverse("payments:cashier", args=[family.cycles[0].intent.public_id])
    assert "心桥会员 1 个月" in browser.get(answer.url).content.decode()


def test_strangers_see_and_change_nothing(browser: Client, family: Family) -> None:
    family.start_trial()
    stranger = factories.signed_in(factories.make_parent())
    for name in ("signed", "sign_scan"):
        address = reverse(f"subscriptions:{name}", args=[family.agreement.public_id])
        assert stranger.get(address).status_code == 404
    stranger.post("/pay/plan/mine/choose/", {"renews": "yes"})
    stranger.post("/pay/plan/mine/cancel/")
    assert not family.subscription.renews and family.agreement.state == "signed"
    assert stranger.get(MINE).url == PLAN


def test_list_of_payments_costs_the_same_for_one_and_three(
    browser: Client, family: Family, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    family.start_trial().choose(renews=True)
    family.wait(8 * DAY)
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get(MINE)
    for _ in range(2):
        family.wait_until(family.subscription.paid_through + HOUR)
    with django_assert_num_queries(len(one)):
        browser.get(MINE)
