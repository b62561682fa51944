"""What the tests of sealed fields write: questions about an order."""

from uuid import UUID

from django.db import connection

from catalog.order.models import Order, OrderQuestion
from marketplace.accounts.models import User
from tests import factories

TROUBLE = "孩子最近晚上睡不着，早上不想去学校。"


def make_order(parent: User, note: str = "") -> Order:
    """An order of a person, as bare as the table allows."""
    number = f"T{factories.next_number()}"
    return Order.objects.create(
        number=number, user=parent, currency="CNY", status="pending", note=note,
        total_incl_tax=0, total_excl_tax=0, shipping_incl_tax=0, shipping_excl_tax=0,
    )  # fmt: skip


def ask(parent: User, body: str = TROUBLE, answer: str = "") -> OrderQuestion:
    """A question about an order of its own, read back from the database."""
    question = OrderQuestion.objects.create(order=make_order(parent), asked_by=parent, body=body, answer=answer)
    return OrderQuestion.objects.get(pk=question.pk)


def column_of(question: OrderQuestion, name: str = "body") -> bytes:
    """The bytes in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM order_orderquestion WHERE id = %s", [question.pk])
        return bytes(cursor.fetchone()[0])


def put_column(question: OrderQuestion, content: bytes, name: str = "body") -> OrderQuestion:
    """Write bytes past Django, and read the row again."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE order_orderquestion SET {name} = %s WHERE id = %s", [content, question.pk])
    return OrderQuestion.objects.get(pk=question.pk)


def key_of(subject_id: UUID) -> bytes:
    """A subject's wrapped keyset as it is stored."""
    from marketplace.core.encryption.models import DataKey

    return bytes(DataKey.objects.get(subject_id=subject_id).wrapped_keyset)
