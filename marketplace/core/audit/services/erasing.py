"""Retention: whole closed days leave the record of looks."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from ..models import AuditEvent
from ..selectors import erasable_days


@transaction.atomic
def erase_days(*, before: date, held_subjects: Collection[UUID] = ()) -> int:
    """Take out the events of every closed day before `before`; return how many rows went.

    A day is taken whole or not at all, so that what stays can still be checked; a day with a look at somebody under a
    legal hold stays. The final seals stay for ever: they name nobody, and hold the days together.
    """
    days = erasable_days(before, held_subjects)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL xinqiao.audit_retention = 'on'")
        erased, _ = AuditEvent.objects.filter(chain_on__in=days).delete()
        cursor.execute("SET LOCAL xinqiao.audit_retention = 'off'")
    return erased
