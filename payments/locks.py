"""Every row lock of payments. Order: payable (asked first), a young person who pays, intent, attempt, refund."""

from datetime import datetime
from typing import TypeVar

from django.db import models, transaction

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.core.queries import CompiledQuery
from payments.models import Checked, PaymentAttempt, PaymentIntent, Refund
from payments.schedule import next_check_after

Row = TypeVar("Row", bound=Checked)


def locked_young_payer(user_id: int | None) -> User | None:
    """A young person who pays, so that what one may pay alone is counted one attempt at a time; None for anybody else.

    Locked before an intent; leaves keys alone, so that rows pointing to a person need not wait.
    """
    if user_id is None:
        return None
    return User.objects.select_for_update(of=("self",), no_key=True).filter(pk=user_id, role=Role.TEEN).first()


_intent = CompiledQuery(lambda values: PaymentIntent.objects.select_for_update(of=("self",)).filter(pk=values[0]))
_attempt = CompiledQuery(lambda values: PaymentAttempt.objects.select_for_update(of=("self",)).filter(pk=values[0]))


def locked_intent(intent_id: int) -> PaymentIntent:
    """The intent, locked and read after the lock."""
    return _intent.one([intent_id], PaymentIntent)[0]


def locked_attempt(attempt_id: int) -> PaymentAttempt:
    """The attempt, locked and read after the lock. Lock its intent first."""
    return _attempt.one([attempt_id], PaymentAttempt)[0]


def locked_refund(refund_id: int) -> Refund:
    """The refund, locked and read after the lock. Lock its attempt first."""
    return Refund.objects.select_for_update(of=("self",)).get(pk=refund_id)


def claim_due(rows: models.QuerySet[Row], *, now: datetime, limit: int) -> list[int]:
    """Ids of due rows, each already moved to its next look.

    Skips what another worker holds, and commits before anyone is asked, so that no lock is held
    while a gateway takes its time and a crash costs one wait, not the row.
    """
    with transaction.atomic(durable=True):
        due = list(
            rows.filter(next_check_at__lte=now)
            .order_by("next_check_at", "pk")
            .select_for_update(skip_locked=True, of=("self",))[:limit]
        )
        for row in due:
            row.next_check_at = next_check_after(row.check_count, now)
            row.check_count += 1
            row.save(update_fields=["next_check_at", "check_count"])
    return [row.pk for row in due]
