"""The desk where fapiao are issued, undone or refused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.order.models import Order
from marketplace.accounts.enums import Duty
from marketplace.core.audit.models import AuditEvent
from marketplace.notifications.models import Message
from payments.fapiao.enums import FapiaoState, TitleKind
from payments.fapiao.models import FapiaoRequest
from payments.fapiao.services import Title, ask_fapiao
from payments.models import PaymentAttempt
from payments.selectors import latest_intent_of
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.catalog.queries import queries_of

pytestmark = pytest.mark.django_db
NUMBER = "25312000000000000009"


@pytest.fixture
def finance():
    return factories.signed_in(factories.make_staff(duties=[Duty.FINANCE]))


def asked(name: str = "示例公司的抬头") -> FapiaoRequest:
    parent = factories.make_parent()
    order: Order = order_of(parent, factories.make_goods())
    pay(order)
    title = Title(TitleKind.COMPANY, name, "91440300708461136T", "caiwu@example.com")
    return ask_fapiao(intent=latest_intent_of("order", order.pk), asked_by=parent, title=title)


def desk(fapiao: FapiaoRequest) -> str:
    return reverse("finance:fapiao", args=[fapiao.public_id])


def test_issued_at_the_desk(finance) -> None:
    fapiao = asked()
    assert "示例公司的抬头" in finance.get(desk(fapiao)).content.decode()
    finance.post(desk(fapiao), {"number": f" {NUMBER} ", "shown_fen": fapiao.amount_fen})
    fapiao.refresh_from_db()
    assert (fapiao.state, fapiao.number) == (FapiaoState.ISSUED, NUMBER)
    assert Message.objects.filter(recipient=fapiao.asked_by, subject="发票已开好").exists()


def test_amount_that_changed_meanwhile_is_not_issued(finance) -> None:
    fapiao = asked()
    PaymentAttempt.objects.update(refund_claimed_fen=100)
    answer = finance.post(desk(fapiao), {"number": NUMBER, "shown_fen": fapiao.amount_fen}, follow=True)
    assert "状态已经变了" in answer.content.decode()
    fapiao.refresh_from_db()
    assert fapiao.state == FapiaoState.REQUESTED


@pytest.mark.parametrize("number", ["", "12", "abcdefgh", "1" * 21])
def test_what_is_no_number(finance, number: str) -> None:
    fapiao = asked()
    assert finance.post(desk(fapiao), {"number": number, "shown_fen": 1}).status_code == 200
    fapiao.refresh_from_db()
    assert fapiao.state == FapiaoState.REQUESTED


def test_reversed_at_the_desk(finance) -> None:
    fapiao = asked()
    finance.post(desk(fapiao), {"number": NUMBER, "shown_fen": fapiao.amount_fen})
    FapiaoRequest.objects.update(reversal_asked_at=timezone.now())
    assert "要红冲" in finance.get(reverse("finance:fapiao_queue")).content.decode()
    finance.post(desk(fapiao), {"number": "25312000000000000010"})
    fapiao.refresh_from_db()
    assert (fapiao.state, fapiao.red_number) == (FapiaoState.RED_REVERSED, "25312000000000000010")


def test_refused_with_a_reason_the_asker_hears(finance) -> None:
    fapiao = asked()
    finance.post(desk(fapiao), {"reason": "title"})
    fapiao.refresh_from_db()
    assert fapiao.state == FapiaoState.FAILED
    assert Message.objects.filter(recipient=fapiao.asked_by, body__contains="抬头和税号对不上").exists()


def test_queue_names_nobody_and_the_look_at_one_is_written_down(finance) -> None:
    fapiao = asked()
    assert "示例公司的抬头" not in finance.get(reverse("finance:fapiao_queue")).content.decode()
    assert not AuditEvent.objects.filter(subject_id=fapiao.asked_by.public_id).exists()
    finance.get(desk(fapiao))
    assert AuditEvent.objects.filter(subject_id=fapiao.asked_by.public_id).exists()


def test_queue_costs_the_same_for_one_and_for_three(finance) -> None:
    asked()
    url = reverse("finance:fapiao_queue")
    finance.get(url)
    one = queries_of(lambda: finance.get(url))
    asked(), asked()
    assert queries_of(lambda: finance.get(url)) == one


def test_others_find_nothing() -> None:
    fapiao = asked()
    assert factories.signed_in(fapiao.asked_by).get(desk(fapiao)).status_code == 404
    support = factories.signed_in(factories.make_staff(duties=[Duty.SUPPORT]))
    assert support.post(desk(fapiao), {"number": NUMBER}).status_code == 403
