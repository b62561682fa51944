"""Goods on their way back: the law's seven days, who does what, and money that is never more than was paid."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalog.basket.services import put_product_in_basket
from catalog.catalogue.enums import ReturnRule
from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Entitlement, LessonProgress, Shipment
from catalog.fulfilment.services import mark_shipped
from catalog.order.services import record_refund
from catalog.partner.models import StockRecord
from catalog.returns import errors
from catalog.returns.enums import ReturnState
from catalog.returns.models import ReturnRequest
from catalog.returns.rules import part_of_price_fen, return_until
from catalog.returns.services import (
    approve_return,
    ask_return,
    cancel_unsent,
    give_course_back,
    mark_sent_back,
    receive_return,
    refuse_return,
    tend_returns,
    withdraw_return,
)
from marketplace.notifications.models import Message
from payments.enums import RefundReason
from payments.models import Refund
from payments.payables import RefundNews
from tests import factories
from tests.catalog.order.placed import order_of, pay, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def partner():
    return factories.make_partner()


@pytest.fixture
def seller(partner):
    return factories.make_partner_staff(partner)


def buy(parent, partner, *, quantity=1, price_fen=12_800, **fields):
    goods = factories.make_goods(stock=9, price_fen=price_fen, partner=partner, **fields)
    put_product_in_basket(user=parent, product=goods, quantity=quantity)
    order = place(parent)
    pay(order)
    return order.lines.get()


def send(line, seller, *, days_ago=0):
    shipment = Shipment.objects.get(lines=line)
    mark_shipped(
        shipment=shipment, carrier="示例快递", tracking_number="SF1", shipped_by=seller,
        now=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip
    return shipment


def arrived(refund: Refund) -> None:
    """What payments tells the order when the money is back."""
    record_refund(
        order_id=refund.order_line_refund.line.order_id,
        news=RefundNews(
            refund.public_id, refund.amount_fen, refund.amount_fen, refund.attempt.captured_fen, refund.reason
        ),
    )


def test_from_asking_to_the_money(parent, partner, seller):
    line = buy(parent, partner, quantity=3, price_fen=3_333)
    send(line, seller)
    stock = StockRecord.objects.get(pk=line.stockrecord_id)
    assert stock.num_in_stock == 6

    made = ask_return(line=line, quantity=2, asked_by=parent, reason="颜色不喜欢")
    assert made.reason == "颜色不喜欢" and made.refund_fen == 6_666
    approve_return(request=made, send_to="示例路 1 号 仓库", answered_by=seller)
    mark_sent_back(request=made, carrier="示例快递", tracking_number="SF2", sent_by=parent)
    receive_return(request=made, is_sellable=True, received_by=seller)

    made.refresh_from_db()
    refund = Refund.objects.get()
    assert (made.state, refund.amount_fen, refund.reason) == (ReturnState.RECEIVED, 6_666, RefundReason.RETURNED)
    stock.refresh_from_db()
    assert stock.num_in_stock == 8
    arrived(refund)
    made.refresh_from_db()
    assert made.state == ReturnState.REFUNDED and made.ended_at is not None

    rest = ask_return(line=line, quantity=1, asked_by=parent)
    assert rest.refund_fen == 3_333
    assert rest.refund_fen + refund.amount_fen == line.price_fen


def test_the_messages_name_no_product(parent, partner, seller):
    line = buy(parent, partner, title="考前减压玩具")
    send(line, seller)
    made = ask_return(line=line, quantity=1, asked_by=parent)
    approve_return(request=made, send_to="示例路", answered_by=seller)
    bodies = " ".join(Message.objects.values_list("body", flat=True)) + " ".join(
        Message.objects.values_list("subject", flat=True)
    )
    assert "可以寄回" in bodies and "减压" not in bodies


class TestTheLaw:
    def test_seven_days_after_the_day_of_receipt(self, parent, partner, seller):
        line = buy(parent, partner)
        shipment = send(line, seller)
        Shipment.objects.update(delivered_at=factories.shanghai(timezone.localdate(), 15))
        shipment.refresh_from_db()
        until = return_until(shipment)
        assert until == factories.shanghai(timezone.localdate() + timedelta(days=8), 0)
        with pytest.raises(errors.ReturnTooLate):
            ask_return(line=line, quantity=1, asked_by=parent, now=until)
        assert ask_return(line=line, quantity=1, asked_by=parent, now=until - timedelta(seconds=1))

    def test_what_has_not_left_is_not_returned(self, parent, partner):
        with pytest.raises(errors.NotSentYet):
            ask_return(line=buy(parent, partner), quantity=1, asked_by=parent)

    def test_made_to_measure_was_said_before_sale_and_stays_so(self, parent, partner, seller):
        line = buy(parent, partner, return_rule=ReturnRule.NONE)
        line.product.return_rule = ReturnRule.SEVEN_DAYS
        line.product.save()
        send(line, seller)
        with pytest.raises(errors.NotReturnable):
            ask_return(line=line, quantity=1, asked_by=parent)

    def test_a_rule_that_gets_stricter_touches_nobody_who_bought_before(self, parent, partner, seller):
        line = buy(parent, partner)
        type(line.product).objects.update(return_rule=ReturnRule.NONE)
        send(line, seller)
        assert ask_return(line=line, quantity=1, asked_by=parent)

    def test_hygiene_comes_back_unopened_only(self, parent, partner, seller):
        line = buy(parent, partner, return_rule=ReturnRule.UNOPENED)
        send(line, seller)
        with pytest.raises(errors.OpenedAlready):
            ask_return(line=line, quantity=1, asked_by=parent)
        assert ask_return(line=line, quantity=1, asked_by=parent, is_unopened=True)

    def test_silence_is_a_yes_where_we_know_an_address(self, parent, partner, seller):
        factories.make_location(partner, address="示例路 9 号")
        line = buy(parent, partner)
        send(line, seller)
        made = ask_return(line=line, quantity=1, asked_by=parent)
        assert tend_returns(now=timezone.now() + timedelta(hours=71)) == 0
        assert tend_returns(now=timezone.now() + timedelta(hours=73)) == 1
        made.refresh_from_db()
        assert made.state == ReturnState.APPROVED and "示例路 9 号" in made.send_to and made.answered_by is None

    def test_without_an_address_our_staff_hear_of_it(self, parent, partner, seller):
        staff = factories.make_staff()
        line = buy(parent, partner)
        send(line, seller)
        ask_return(line=line, quantity=1, asked_by=parent)
        later = timezone.now() + timedelta(days=4)
        tend_returns(now=later)
        tend_returns(now=later)
        assert Message.objects.filter(recipient=staff, subject="有一个退货卡住了").count() == 1


class TestWhatCannotBe:
    def test_strangers_neither_ask_nor_answer_nor_send(self, parent, partner, seller):
        line = buy(parent, partner)
        send(line, seller)
        stranger = factories.make_parent()
        with pytest.raises(errors.NotYourReturn):
            ask_return(line=line, quantity=1, asked_by=stranger)
        made = ask_return(line=line, quantity=1, asked_by=parent)
        other = factories.make_partner_staff(factories.make_partner())
        for act in (
            lambda: approve_return(request=made, send_to="x", answered_by=other),
            lambda: refuse_return(request=made, refusal="x", answered_by=other),
            lambda: receive_return(request=made, is_sellable=True, received_by=other),
            lambda: withdraw_return(request=made, withdrawn_by=stranger),
            lambda: mark_sent_back(request=made, carrier="a", tracking_number="b", sent_by=stranger),
        ):
            with pytest.raises(errors.NotYourReturn):
                act()

    def test_not_twice_at_once_and_not_more_than_was_bought(self, parent, partner, seller):
        line = buy(parent, partner, quantity=2)
        send(line, seller)
        with pytest.raises(errors.ReturnTooMany):
            ask_return(line=line, quantity=3, asked_by=parent)
        made = ask_return(line=line, quantity=1, asked_by=parent)
        with pytest.raises(errors.ReturnOpen):
            ask_return(line=line, quantity=1, asked_by=parent)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReturnRequest.objects.create(line=line, asked_by=parent)
        withdraw_return(request=made, withdrawn_by=parent)
        assert ask_return(line=line, quantity=2, asked_by=parent).refund_fen == line.price_fen

    def test_each_step_only_after_the_one_before(self, parent, partner, seller):
        line = buy(parent, partner)
        send(line, seller)
        made = ask_return(line=line, quantity=1, asked_by=parent)
        with pytest.raises(errors.ReturnMovedOn):
            receive_return(request=made, is_sellable=True, received_by=seller)
        with pytest.raises(errors.ReturnMovedOn):
            mark_sent_back(request=made, carrier="a", tracking_number="b", sent_by=parent)
        with pytest.raises(errors.ReturnAddressMissing):
            approve_return(request=made, send_to=" ", answered_by=seller)
        approve_return(request=made, send_to="示例路", answered_by=seller)
        with pytest.raises(errors.ReturnTrackingMissing):
            mark_sent_back(request=made, carrier="", tracking_number="b", sent_by=parent)
        mark_sent_back(request=made, carrier="a", tracking_number="b", sent_by=parent)
        with pytest.raises(errors.ReturnMovedOn):
            withdraw_return(request=made, withdrawn_by=parent)
        receive_return(request=made, is_sellable=False, received_by=seller)
        with pytest.raises(errors.ReturnMovedOn):
            receive_return(request=made, is_sellable=False, received_by=seller)
        assert Refund.objects.count() == 1
        assert StockRecord.objects.get(pk=line.stockrecord_id).num_in_stock == 8

    def test_a_refusal_says_why_and_refunds_nothing(self, parent, partner, seller):
        line = buy(parent, partner)
        send(line, seller)
        made = ask_return(line=line, quantity=1, asked_by=parent)
        with pytest.raises(errors.ReturnReasonMissing):
            refuse_return(request=made, refusal="  ", answered_by=seller)
        refuse_return(request=made, refusal="吊牌剪掉了", answered_by=seller)
        made.refresh_from_db()
        assert (made.state, made.refusal) == (ReturnState.REFUSED, "吊牌剪掉了")
        assert not Refund.objects.exists()

    def test_what_is_never_sent_is_closed(self, parent, partner, seller):
        line = buy(parent, partner)
        send(line, seller)
        made = ask_return(line=line, quantity=1, asked_by=parent)
        approve_return(request=made, send_to="示例路", answered_by=seller)
        tend_returns(now=timezone.now() + timedelta(days=15))
        made.refresh_from_db()
        assert made.state == ReturnState.LAPSED


@given(st.integers(0, 10**7), st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_parts_of_a_price_sum_to_it_exactly(price, parts):
    total, before, sums = sum(parts), 0, []
    for units in parts:
        sums.append(part_of_price_fen(price, of=total, before=before, units=units))
        before += units
    assert sum(sums) == price and all(part >= 0 for part in sums)


class TestUnsent:
    def test_goods_that_have_not_left_are_not_sent_and_paid_back(self, parent, partner, seller):
        line = buy(parent, partner, quantity=2)
        assert cancel_unsent(line=line, asked_by=parent) == line.price_fen
        assert Shipment.objects.get().status == ShipmentStatus.STOPPED
        stock = StockRecord.objects.get(pk=line.stockrecord_id)
        assert (stock.num_in_stock, stock.num_allocated) == (9, 0)
        with pytest.raises(errors.AlreadyUnderWay):
            cancel_unsent(line=line, asked_by=parent)
        assert Refund.objects.count() == 1

    def test_the_rest_of_the_parcel_is_sent(self, parent, partner, seller):
        for _each in range(2):
            goods = factories.make_goods(stock=5, partner=partner)
            put_product_in_basket(user=parent, product=goods)
        order = place(parent)
        pay(order)
        first, second = order.lines.order_by("pk")
        cancel_unsent(line=first, asked_by=parent)
        shipment = Shipment.objects.get()
        assert shipment.status == ShipmentStatus.WAITING and list(shipment.lines.all()) == [second]

    def test_what_left_meanwhile_is_refused(self, parent, partner, seller):
        line = buy(parent, partner)
        send(line, seller)
        with pytest.raises(errors.AlreadyUnderWay):
            cancel_unsent(line=line, asked_by=parent)


class TestCourses:
    def test_an_untouched_course_is_given_back_within_the_week_and_closed(self, parent):
        order = order_of(parent, factories.make_course(price_fen=6_800))
        pay(order)
        entitlement = Entitlement.objects.get()
        assert give_course_back(entitlement=entitlement, asked_by=parent) == 6_800
        entitlement.refresh_from_db()
        assert entitlement.ended_at is not None
        with pytest.raises(errors.CourseUsed):
            give_course_back(entitlement=entitlement, asked_by=parent)

    def test_not_once_something_was_learned_nor_after_a_week_nor_by_another(self, parent):
        pay(order_of(parent, factories.make_course()))
        entitlement = Entitlement.objects.get()
        with pytest.raises(errors.CourseUsed):
            give_course_back(entitlement=entitlement, asked_by=factories.make_parent())
        with pytest.raises(errors.CourseUsed):
            give_course_back(entitlement=entitlement, asked_by=parent, now=timezone.now() + timedelta(days=8))
        LessonProgress.objects.create(entitlement=entitlement, lesson=entitlement.product.lessons.first())
        with pytest.raises(errors.CourseUsed):
            give_course_back(entitlement=entitlement, asked_by=parent)

    def test_a_course_refunded_whole_for_another_reason_is_closed(self, parent):
        from catalog.order.services.refunding import ask_line_refund

        order = order_of(parent, factories.make_course(price_fen=6_800))
        pay(order)
        line = order.lines.get()
        part = ask_line_refund(line=line, amount_fen=800, reason=RefundReason.GOODWILL, initiator=parent, act="a")
        arrived(part)
        assert Entitlement.objects.get().ended_at is None
        arrived(ask_line_refund(line=line, amount_fen=6_000, reason=RefundReason.GOODWILL, initiator=parent, act="b"))
        assert Entitlement.objects.get().ended_at is not None


class TestPages:
    def test_a_family_walks_through_a_return(self, parent, partner, seller):
        line = buy(parent, partner)
        send(line, seller)
        family, clinic = factories.signed_in(parent), factories.signed_in(seller)
        order_page = family.get(reverse("orders:detail", args=[line.order.public_id])).content.decode()
        assert reverse("returns:ask", args=[line.pk]) in order_page

        answer = family.post(reverse("returns:ask", args=[line.pk]), {"quantity": "1", "reason": ""}, follow=True)
        made = ReturnRequest.objects.get()
        assert "最晚三天内答复" in answer.content.decode()
        assert str(made.public_id) in clinic.get(reverse("clinics:returns")).content.decode()
        clinic.post(reverse("clinics:approve_return", args=[made.public_id]), {"send_to": "示例路 1 号"})
        page = family.get(reverse("returns:detail", args=[made.public_id])).content.decode()
        assert "示例路 1 号" in page and "已经寄出" in page
        family.post(reverse("returns:sent", args=[made.public_id]), {"carrier": "顺丰", "tracking_number": "SF9"})
        clinic.post(reverse("clinics:receive_return", args=[made.public_id]), {"is_sellable": "on"})
        page = family.get(reverse("returns:detail", args=[made.public_id])).content.decode()
        assert "正在原路退回" in page and "¥128" in page

    def test_strangers_find_nothing(self, parent, partner, seller):
        line = buy(parent, partner)
        send(line, seller)
        made = ask_return(line=line, quantity=1, asked_by=parent)
        stranger = factories.signed_in(factories.make_parent())
        other = factories.signed_in(factories.make_partner_staff(factories.make_partner()))
        for name, key in (("ask", line.pk), ("cancel", line.pk), ("detail", made.public_id)):
            assert stranger.get(reverse(f"returns:{name}", args=[key])).status_code == 404
        for name in ("sent", "withdraw"):
            assert stranger.post(reverse(f"returns:{name}", args=[made.public_id])).status_code == 404
        for name in ("approve_return", "refuse_return", "receive_return"):
            assert other.post(reverse(f"clinics:{name}", args=[made.public_id]), {"send_to": "x"}).status_code == 404

    def test_a_list_costs_the_same_for_one_and_three(self, parent, partner, seller):
        def make_one():
            line = buy(parent, partner)
            send(line, seller)
            ask_return(line=line, quantity=1, asked_by=parent, reason="不喜欢")

        make_one()
        for client, url in (
            (factories.signed_in(parent), reverse("returns:index")),
            (factories.signed_in(seller), reverse("clinics:returns")),
        ):
            client.get(url)
            with CaptureQueriesContext(connection) as one:
                client.get(url)
            make_one()
            make_one()
            with CaptureQueriesContext(connection) as three:
                client.get(url)
            assert len(three) <= len(one), url

    def test_too_late_a_page_says_until_when_it_was(self, parent, partner, seller):
        line = buy(parent, partner)
        send(line, seller, days_ago=30)
        page = factories.signed_in(parent).get(reverse("returns:ask", args=[line.pk])).content.decode()
        assert "这件现在不能自己退" in page
