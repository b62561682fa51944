"""The finance desk's pages of disputes."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.core.audit.models import AuditEvent
from payments.disputes.enums import DisputeState
from payments.disputes.models import Dispute
from payments.enums import AttemptState, IntentState, Method
from payments.models import PaymentAttempt, PaymentIntent
from tests.factories import make_parent, make_staff, make_user, next_number, signed_in

pytestmark = pytest.mark.django_db
LIST = "/finance/disputes/"


@pytest.fixture(autouse=True)
def _shop(shop) -> None:
    """Something that can be paid for."""


def a_dispute(shop, **changes: object) -> Dispute:
    """A dispute over ¥360 that waits for us."""
    buyer, now = make_user(), timezone.now()
    order = shop.place()
    intent = PaymentIntent.objects.create(
        payable_kind=shop.kind, payable_id=order.pk, amount_fen=36000, buyer=buyer, expires_at=now
    )
    attempt = PaymentAttempt.objects.create(
        intent=intent, gateway="stripe", method=Method.CARD, client="desktop", payable_until=now, paid_at=now,
        out_trade_no=f"P{next_number():020d}", state=AttemptState.SUCCEEDED, amount_fen=36000, captured_fen=36000,
    )  # fmt: skip
    PaymentIntent.objects.filter(pk=intent.pk).update(state=IntentState.PAID, paid_at=now, settled_by=attempt)
    fields = {
        "attempt": attempt, "gateway": "stripe", "ref": f"du_{attempt.out_trade_no}", "amount_fen": 36000,
        "held_fen": 36000, "fee_fen": 11000, "reason": "fraudulent", "respond_by": now + timedelta(days=9),
        "heard_at": now,
    }  # fmt: skip
    return Dispute.objects.create(**fields | changes)


@pytest.fixture
def finance() -> Browser:
    """Somebody on finance duty."""
    return signed_in(make_staff(duties=[Duty.FINANCE]))


def page_of(dispute: Dispute) -> str:
    return f"{LIST}{dispute.public_id}/"


def test_strangers_see_nothing(shop) -> None:
    dispute = a_dispute(shop)
    for path in (LIST, page_of(dispute)):
        assert Browser().get(path).status_code == 302
        for stranger in (make_parent(), make_staff(duties=[]), make_staff(duties=[Duty.SUPPORT])):
            assert signed_in(stranger).get(path).status_code in (302, 403, 404)


def test_what_waits_for_us_comes_first(shop, finance: Browser) -> None:
    closed = {"closed_at": timezone.now()}
    a_dispute(shop, state=DisputeState.LOST, **closed)
    a_dispute(shop, state=DisputeState.UNDER_REVIEW)
    a_dispute(shop, respond_by=timezone.now() + timedelta(days=2))
    a_dispute(shop, respond_by=timezone.now() + timedelta(days=1))
    rows = list(finance.get(LIST).context["page_obj"])
    assert [row.state for row in rows] == ["needs_response", "needs_response", "under_review", "lost"]
    assert rows[0].respond_by < rows[1].respond_by


def test_empty_list_says_so(finance: Browser) -> None:
    assert "没有银行卡争议" in finance.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_however_long(
    shop, finance: Browser, count: int, django_assert_max_num_queries
) -> None:
    for _ in range(3):
        a_dispute(shop)
    finance.get(LIST)
    with django_assert_max_num_queries(60) as three:
        finance.get(LIST)
    Dispute.objects.filter(pk__in=Dispute.objects.order_by("pk").values("pk")[: 3 - count]).delete()
    with django_assert_max_num_queries(60) as fewer:
        finance.get(LIST)
    assert len(fewer) == len(three)


def test_page_offers_a_neutral_draft_and_is_written_down(shop, finance: Browser) -> None:
    dispute = a_dispute(shop)
    before = AuditEvent.objects.count()
    text = finance.get(page_of(dispute)).content.decode()
    assert "给银行的说明" in text
    assert "健康服务 1 项" in text
    assert dispute.attempt.intent.buyer.nickname not in text
    assert AuditEvent.objects.count() > before


def test_answer_needs_words_and_a_second_look_at_them(shop, finance: Browser) -> None:
    dispute = a_dispute(shop)
    text = finance.post(page_of(dispute), {"evidence": "已完成。"}).content.decode()
    assert "请确认里面没有个人和健康信息" in text
    dispute.refresh_from_db()
    assert (dispute.evidence, dispute.answered_at) == ("", None)


def test_what_is_decided_has_no_form(shop, finance: Browser) -> None:
    dispute = a_dispute(shop, state=DisputeState.WON, closed_at=timezone.now(), evidence="已完成。", held_fen=0)
    text = finance.get(page_of(dispute)).content.decode()
    assert "<textarea" not in text
    assert "已完成。" in text
