"""Waiting because a pathway promised a session by a day."""

from datetime import date, datetime

from django.db import transaction

from catalog.scheduling.models import HealthcareService, Provider
from catalog.scheduling.retry import retried
from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..enums import LIVE_ENTRY_STATES
from ..errors import AlreadyWaiting
from ..locks import locked_entry
from ..models import WaitlistEntry
from .joining import join_waitlist


def wait_until(
    *,
    service: HealthcareService,
    child: Child,
    joined_by: User,
    needed_by: date,
    provider: Provider | None = None,
    now: datetime | None = None,
) -> WaitlistEntry:
    """Wait for whatever suits first, to be seen by a day; where the child waits for this already, by that day.

    Raises what `join_waitlist` raises, AlreadyWaiting apart.
    """
    try:
        return join_waitlist(
            service=service,
            joined_by=joined_by,
            children=[child],
            provider=provider,
            needed_by=needed_by,
            now=now,
        )
    except AlreadyWaiting:
        return _bring_forward(service, child, needed_by)


@retried
@transaction.atomic(durable=True)
def _bring_forward(service: HealthcareService, child: Child, needed_by: date) -> WaitlistEntry:
    live = WaitlistEntry.objects.filter(service=service, children=child, state__in=LIVE_ENTRY_STATES)
    entry = locked_entry(live.order_by("pk").values_list("pk", flat=True)[0])
    entry.needed_by = min(entry.needed_by or needed_by, needed_by)
    entry.save(update_fields=["needed_by"])
    return entry
