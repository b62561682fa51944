"""What people see of their payments: the list, a story, a receipt; the buyer, who paid, and strangers."""

from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from payments import services
from payments.enums import Client, Method, RefundReason, RefundState
from payments.models import PaymentAttempt, PaymentIntent, Refund
from payments.story import Step, StepState, refund_story, story_of
from tests.catalog.queries import queries_of
from tests.factories import make_user, signed_in
from tests.payments.till import Till

SECRETS = ("焦虑", "咨询", "林")


def url(name: str, intent: PaymentIntent) -> str:
    return reverse(f"payments:{name}", args=[intent.public_id])


def paid_by(till: Till, payer) -> PaymentIntent:
    """Owed by the till's buyer, paid by somebody else with an account."""
    intent = till.owe()
    started = services.start_attempt(
        intent=intent,
        gateway_code="alipay",
        method=Method.PAGE,
        client=Client.DESKTOP,
        payer=services.Payer(user_id=payer.pk),
    )
    till.buy(started)
    services.settle_payment(out_trade_no=started.attempt.out_trade_no)
    intent.refresh_from_db()
    return intent


def test_list_costs_the_same_for_one_and_for_three(till: Till) -> None:
    browser = signed_in(till.buyer)
    till.paid()
    browser.get(reverse("payments:list"))
    one = queries_of(lambda: browser.get(reverse("payments:list")))
    till.paid(), till.paid()
    assert queries_of(lambda: browser.get(reverse("payments:list"))) == one


def test_list_shows_what_was_paid_and_what_came_back_and_nothing_else(till: Till) -> None:
    intent = till.paid()
    till.owe()
    services.request_refund(intent_id=intent.pk, amount_fen=10000, reason=RefundReason.GOODWILL, key="r")
    text = signed_in(till.buyer).get(reverse("payments:list")).content.decode()
    assert text.count("¥360.00") == 1
    assert "已退 ¥100" in text
    assert not [word for word in SECRETS if word in text]


def test_whoever_paid_gets_a_receipt_and_no_way_to_the_order(till: Till) -> None:
    payer = make_user()
    intent = paid_by(till, payer)
    browser = signed_in(payer)
    assert url("payment", intent) in browser.get(reverse("payments:list")).content.decode()
    for name in ("payment", "receipt"):
        text = browser.get(url(name, intent)).content.decode()
        assert "¥360" in text
        assert f"/orders/{intent.payable_id}/" not in text
    assert browser.get(url("cashier", intent)).status_code == 404
    reference = PaymentAttempt.objects.get().provider_ref
    assert reference in browser.get(url("receipt", intent)).content.decode()
    assert reference not in signed_in(till.buyer).get(url("receipt", intent)).content.decode()
    PaymentAttempt.objects.update(payer=None)
    payer.delete()


def test_strangers_find_nothing(till: Till) -> None:
    intent = till.paid()
    stranger = make_user()
    browser = signed_in(stranger)
    assert "还没有付款" in browser.get(reverse("payments:list")).content.decode()
    for name in ("payment", "receipt"):
        assert browser.get(url(name, intent)).status_code == 404
        assert Browser().get(url(name, intent)).status_code == 302
    stranger.delete()


def test_story_of_an_open_a_paid_and_a_late_payment(till: Till) -> None:
    waiting = till.owe()
    assert [step.state for step in story_of(waiting)] == [StepState.DONE, StepState.NOW]
    paid = till.paid()
    assert [str(step.title) for step in story_of(paid)] == ["下单", "付款"]
    late = till.owe()
    started = till.start(late)
    services.cancel_intent(intent_id=late.pk)
    late.refresh_from_db()
    assert "没有扣款" in str(story_of(late)[-1].text)
    till.buy(started)
    services.settle_payment(out_trade_no=started.attempt.out_trade_no)
    late.refresh_from_db()
    assert str(story_of(late)[-1].title) == "付款到得晚了"


def test_rooms_above_tell_their_part(till: Till, monkeypatch) -> None:
    paid = till.paid()
    told = Step("银行正在核对这笔付款", StepState.HELP, timezone.now())
    monkeypatch.setattr("payments.story._chapters", [lambda ids: {ids[0]: [told]}])
    assert story_of(paid)[-1] == told
    assert "银行正在核对" in signed_in(till.buyer).get(url("payment", paid)).content.decode()


def test_refund_goes_through_three_steps(till: Till) -> None:
    intent = till.paid()
    services.request_refund(intent_id=intent.pk, amount_fen=100, reason=RefundReason.GOODWILL, key="r")
    refund = Refund.objects.get()
    assert [step.state for step in refund_story(refund).steps] == [StepState.DONE] * 3
    refund.state, refund.sent_at, refund.finished_at = RefundState.REQUESTED, None, None
    assert [step.state for step in refund_story(refund).steps] == [StepState.DONE, StepState.NOW, StepState.TODO]


def test_failed_refund_says_that_people_look_at_it(till: Till) -> None:
    intent = till.paid()
    services.request_refund(intent_id=intent.pk, amount_fen=100, reason=RefundReason.GOODWILL, key="r")
    Refund.objects.update(state=RefundState.NEEDS_MANUAL, finished_at=None)
    text = signed_in(till.buyer).get(url("payment", intent)).content.decode()
    assert "人工处理" in text
    assert "钱一定会退给你" in text
    assert "失败" not in text
