"""Words families write with an order: the gate reads them, and people on safety duty where a concern speaks of them."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.encryption.sealed import ERASED
from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.services import screen
from marketplace.safeguarding.gate.showing import show_next

from .models import Order, OrderQuestion


def screen_note(request: HttpRequest, order: Order, user: User) -> None:
    """Let the gate read the note of an order just placed; the numbers to call come on the next page."""
    if order.note:
        show_next(request, screen(text=order.note, source=Source.NOTE, ref=str(order.public_id), author=user))


def screen_question(request: HttpRequest, question: OrderQuestion, user: User) -> None:
    """Let the gate read a question about an order; the numbers to call come on the next page."""
    ref = str(question.public_id)
    show_next(request, screen(text=question.body, source=Source.MESSAGE, ref=ref, author=user))


def _note_of(ref: str) -> Context | None:
    order = Order.objects.select_related("user").filter(public_id=ref).first()
    if order is None or not order.note or order.note is ERASED:
        return None
    return Context(text=order.note, written_at=order.date_placed, where=_("下单时的留言"))


def _question_of(ref: str) -> Context | None:
    question = OrderQuestion.objects.select_related("asked_by").filter(public_id=ref).first()
    if question is None or question.body is ERASED:
        return None
    return Context(text=question.body, written_at=question.asked_at, where=_("关于订单的提问"))


def register_readers() -> None:
    """Let the desk read what it was called for."""
    register_context(Source.NOTE, _note_of)
    register_context(Source.MESSAGE, _question_of)
