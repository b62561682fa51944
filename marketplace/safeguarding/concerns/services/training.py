"""Who of our staff has learned what, and until when that counts."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from .. import rules
from ..errors import OnlyLeads
from ..models import TrainingRecord

#: After a year everybody learns it again.
COUNTS_FOR = timedelta(days=365)


@transaction.atomic
def record_training(
    *, user: User, training: str, done_on: date, recorded_by: User, valid_until: date | None = None
) -> TrainingRecord:
    """Write down that somebody learned something (a Training); again for the same day changes its end. Raises OnlyLeads."""
    if not rules.may_lead(recorded_by):
        raise OnlyLeads
    record, _made = TrainingRecord.objects.update_or_create(
        user=user,
        training=training,
        done_on=done_on,
        defaults={
            "valid_until": valid_until or done_on + COUNTS_FOR,
            "recorded_by": recorded_by,
            "recorded_at": timezone.now(),
        },
    )
    return record
