"""Two people of the finance staff, a ledger of this test's own, and the bill of today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.payments.books.desk import Desk
    from tests.payments.till import Till


def _empty(names: str) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")
        cursor.execute("SET LOCAL xinqiao.ledger_retention = 'on'")
        cursor.execute("DELETE FROM ledger_leg")
        cursor.execute("DELETE FROM ledger_journalentry")


@pytest.fixture
def desk(till: Till, django_db_blocker) -> Iterator[Desk]:
    """Committed for real, and taken away again."""
    from payments.books import models
    from payments.models import Refund
    from tests.factories import make_staff
    from tests.payments.books.desk import Desk

    tables = (models.BookedBill, models.Difference, models.Decision, models.IncidentCase, models.SuspenseReturn)
    names = ", ".join(model._meta.db_table for model in tables)
    with django_db_blocker.unblock():
        _empty(names)
        first, second = make_staff(), make_staff()
        yield Desk(till, first, second)
        _empty(names)
        # Whoever decided on a refund stands with it.
        Refund.objects.update(initiator=None)
        first.delete()
        second.delete()
