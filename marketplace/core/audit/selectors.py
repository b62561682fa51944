"""Reads of the record of looks."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from .chain import NOTHING_BEFORE
from .models import AuditEvent, DaySeal


def events_about(subject_id: UUID) -> QuerySet[AuditEvent]:
    """Every look at one person's data, the latest first."""
    return AuditEvent.objects.filter(subject_id=subject_id).order_by("-recorded_at", "-id")


def unsealed_events() -> QuerySet[AuditEvent]:
    """Events without a place in a chain, in the order they were written."""
    return AuditEvent.objects.filter(position=None).order_by("id")


def last_closed_seal() -> DaySeal | None:
    """The final seal of the latest closed day."""
    return DaySeal.objects.filter(is_final=True).order_by("-chain_on").first()


def chain_end(day: date) -> tuple[int, str]:
    """How long a day's chain is so far, and its last hash."""
    last = AuditEvent.objects.filter(chain_on=day).order_by("-position").values_list("position", "hash").first()
    return (last[0] or 0, last[1]) if last else (0, NOTHING_BEFORE)


def open_days(last_closed_on: date | None) -> list[date]:
    """Days that have a chain and no final seal, oldest first."""
    days = AuditEvent.objects.filter(chain_on__isnull=False)
    if last_closed_on:
        days = days.filter(chain_on__gt=last_closed_on)
    return [day for day in days.order_by("chain_on").values_list("chain_on", flat=True).distinct() if day]


def is_sealed_so_far(interim: DaySeal) -> bool:
    """Whether an interim seal that says the same stands already."""
    return DaySeal.objects.filter(
        chain_on=interim.chain_on, count=interim.count, previous_hash=interim.previous_hash
    ).exists()


def sealed_events(seal: DaySeal) -> Iterator[AuditEvent]:
    """The events a seal speaks for, in chain order, read in portions."""
    return (
        AuditEvent.objects.filter(chain_on=seal.chain_on, position__lte=seal.count)
        .order_by("position")
        .iterator(chunk_size=2000)
    )


def standing_seals(since: date | None = None, until: date | None = None) -> list[DaySeal]:
    """The final seal of each closed day and the newest interim one of each open day, in order of days."""
    seals = DaySeal.objects.order_by("chain_on", "-is_final", "-pk").distinct("chain_on")
    if since:
        seals = seals.filter(chain_on__gte=since)
    return list(seals.filter(chain_on__lte=until) if until else seals)


def erasable_days(before: date, held_subjects: Collection[UUID]) -> list[date]:
    """Closed days before a day that still have events, none of them about somebody under a legal hold."""
    held = AuditEvent.objects.filter(subject_id__in=held_subjects, chain_on__lt=before).values("chain_on")
    closed = DaySeal.objects.filter(is_final=True, chain_on__lt=before).exclude(chain_on__in=held)
    return list(
        closed.filter(chain_on__in=AuditEvent.objects.filter(chain_on__lt=before).values("chain_on"))
        .order_by("chain_on")
        .values_list("chain_on", flat=True)
    )
