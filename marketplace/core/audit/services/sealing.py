"""Sealing: what is written becomes links of its day's chain, and a day's chain is closed and signed."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from .. import keys, locks
from ..chain import NOTHING_BEFORE, canonical, digest, event_content, seal_content
from ..models import AuditEvent, DaySeal
from ..rules import is_over, open_since
from ..selectors import chain_end, is_sealed_so_far, last_closed_seal, open_days, unsealed_events

logger = logging.getLogger(__name__)

#: Events sealed in one transaction.
PORTION = 5000


def seal_events(*, now: datetime | None = None) -> int:
    """Seal everything written so far and close the days that are over; return how many events were sealed.

    Looks that commit while this runs get later places in the next run. Repeating it does nothing.
    """
    now = now or timezone.now()
    sealed = 0
    while True:
        portion = _seal_portion(now)
        sealed += portion
        if portion < PORTION:
            return sealed


@transaction.atomic(durable=True)
def _seal_portion(now: datetime) -> int:
    """Chain one portion, then put seals; one sealer at a time."""
    locks.hold_sealing_lock()
    closed = last_closed_seal()
    closed_on = closed.chain_on if closed else None
    events = list(unsealed_events()[:PORTION])
    by_day: dict[date, list[AuditEvent]] = defaultdict(list)
    for event in events:
        by_day[open_since(closed_on, event.recorded_at)].append(event)
    for day in sorted(by_day):
        _chain(day, by_day[day])
    if len(events) < PORTION:
        _put_seals(closed, now)
    return len(events)


def _chain(day: date, events: Sequence[AuditEvent]) -> None:
    """Append events to the chain of a day, in the order given."""
    position, last = chain_end(day)
    for event in events:
        position += 1
        event.chain_on, event.position, event.previous_hash = day, position, last
        event.hash = last = digest(event_content(event))
    # One UPDATE of many rows: the ORM's bulk_update would send each value through a CASE of its own.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_auditevent AS e SET chain_on = %s, position = n.position, previous_hash = n.previous, hash = n.hash "
            "FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::text[]) AS n(id, position, previous, hash) "
            "WHERE e.id = n.id",
            [
                day,
                [event.pk for event in events],
                [event.position for event in events],
                [event.previous_hash for event in events],
                [event.hash for event in events],
            ],
        )


def _put_seals(closed: DaySeal | None, now: datetime) -> None:
    """Close every day that is over, oldest first, and put an interim seal on the tail of the others."""
    for day in open_days(closed.chain_on if closed else None):
        if is_over(day, now):
            closed = _seal_of(day, closed, now, is_final=True)
            _put(closed)
            DaySeal.objects.filter(chain_on=day, is_final=False).delete()
            continue
        interim = _seal_of(day, closed, now, is_final=False)
        if not is_sealed_so_far(interim):
            _put(interim)


def _seal_of(day: date, closed: DaySeal | None, now: datetime, *, is_final: bool) -> DaySeal:
    count, last = chain_end(day)
    return DaySeal(
        chain_on=day,
        is_final=is_final,
        count=count,
        last_hash=last,
        previous_hash=closed.hash if closed else NOTHING_BEFORE,
        sealed_at=now,
        key_id=keys.key_id(keys.public_key_text()),
    )


def _put(seal: DaySeal) -> None:
    content = seal_content(seal)
    seal.hash, seal.signature = digest(content), keys.signature(canonical(content))
    seal.save()
    # The log leaves the database: who rewrites the one cannot rewrite the other. verify_audit.py takes it as --anchor.
    logger.info("audit seal %s:%d:%s", seal.chain_on, seal.count, seal.last_hash)
