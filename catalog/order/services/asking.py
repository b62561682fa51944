"""Questions about an order, and our staff's answers."""

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.encryption.sealed import ERASED
from marketplace.core.minimising import without_identity_numbers

from ..enums import QuestionStatus
from ..errors import NotYourOrder, QuestionAnswered, QuestionEmpty, QuestionErased
from ..locks import locked_question
from ..models import Order, OrderQuestion
from ..rules import may_see
from . import telling


@transaction.atomic(durable=True)
def ask_question(*, order: Order, asked_by: User, body: str) -> OrderQuestion:
    """Ask our staff about an order; every one of them is told.

    Raises: NotYourOrder, QuestionEmpty.
    """
    if not may_see(asked_by, order):
        raise NotYourOrder
    if not body.strip():
        raise QuestionEmpty
    question = OrderQuestion.objects.create(order=order, asked_by=asked_by, body=without_identity_numbers(body.strip()))
    telling.tell_staff_of_question(question)
    return question


@transaction.atomic(durable=True)
def answer_question(*, question: OrderQuestion, answered_by: User, answer: str) -> OrderQuestion:
    """Answer a question once; the family is told that there is an answer.

    Raises: QuestionEmpty, QuestionAnswered, QuestionErased.
    """
    if not answer.strip():
        raise QuestionEmpty
    locked = locked_question(question.pk)
    if locked.status != QuestionStatus.OPEN:
        raise QuestionAnswered
    if locked.body is ERASED:
        raise QuestionErased
    locked.status, locked.answer = QuestionStatus.ANSWERED, answer.strip()
    locked.answered_by, locked.answered_at = answered_by, timezone.now()
    locked.save(update_fields=["status", "answer", "answered_by", "answered_at"])
    question.refresh_from_db()
    telling.tell_answered(question)
    return question
