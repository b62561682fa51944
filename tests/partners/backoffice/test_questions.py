"""Questions about orders reach our staff, and answers reach the family."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.order.enums import QuestionStatus
from catalog.order.models import Order, OrderQuestion
from marketplace.notifications.models import Message
from tests.factories.people import make_parent, make_staff, signed_in

pytestmark = pytest.mark.django_db


def ask(body: str = "可以改成电话吗？") -> OrderQuestion:
    parent = make_parent()
    order = Order.objects.create(
        number=f"Q{OrderQuestion.objects.count()}",
        user=parent,
        status="paid",
        currency="CNY",
        total_incl_tax=0,
        total_excl_tax=0,
    )
    return OrderQuestion.objects.create(order=order, asked_by=parent, body=body)


def test_staff_answer_a_question_and_the_parent_hears_of_it():
    asked = ask()
    staff = signed_in(make_staff())
    assert "可以改成电话吗" in staff.get(reverse("backoffice:questions")).content.decode()

    staff.post(reverse("backoffice:question", args=[asked.public_id]), {"answer": "可以，已经帮您改好。"})

    asked.refresh_from_db()
    assert (asked.status, asked.answer) == (QuestionStatus.ANSWERED, "可以，已经帮您改好。")
    assert Message.objects.filter(recipient=asked.asked_by).exists()
    assert "没有待回复的问题" in staff.get(reverse("backoffice:questions")).content.decode()


def test_an_empty_answer_is_not_sent():
    asked = ask()

    answer = signed_in(make_staff()).post(reverse("backoffice:question", args=[asked.public_id]), {"answer": " "})

    asked.refresh_from_db()
    assert answer.context["form"].errors and asked.status == QuestionStatus.OPEN


def test_a_stranger_finds_nothing():
    asked = ask()
    stranger = signed_in(asked.asked_by)

    assert stranger.get(reverse("backoffice:questions")).status_code == 404
    assert stranger.post(reverse("backoffice:question", args=[asked.public_id]), {"answer": "…"}).status_code == 404


def test_one_question_or_three_cost_the_same_queries(django_assert_num_queries):
    staff = signed_in(make_staff())
    ask()
    staff.get(reverse("backoffice:questions"))
    with CaptureQueriesContext(connection) as one:
        staff.get(reverse("backoffice:questions"))
    ask("第二个"), ask("第三个")

    with django_assert_num_queries(len(one)):
        staff.get(reverse("backoffice:questions"))
