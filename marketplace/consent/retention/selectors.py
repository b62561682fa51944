"""Reads of holds, of the schedule and of what was erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from .models import LegalHold, RetentionRun
from .registry import RetentionClass, registered
from .schedule import RECORD_CLASSES, RecordClass


def is_held(subject_id: UUID) -> bool:
    """Return whether nothing about this person (public id of a child's profile or an account) may be erased now."""
    return LegalHold.objects.filter(subject_id=subject_id, released_at=None).exists()


def held_among(subject_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return which of these people are under a hold."""
    return frozenset(live_holds().filter(subject_id__in=list(subject_ids)).values_list("subject_id", flat=True))


def held_subjects() -> frozenset[UUID]:
    """Return everybody under a hold."""
    return frozenset(live_holds().values_list("subject_id", flat=True))


def live_holds() -> "QuerySet[LegalHold]":
    """Return the holds in force, the newest first."""
    return LegalHold.objects.filter(released_at=None).select_related("set_by").order_by("-set_at")


def finished_runs() -> "QuerySet[RetentionRun]":
    """Return the reports, the newest first, with their lines."""
    return RetentionRun.objects.prefetch_related("lines").order_by("-started_at")


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A row of the schedule with the classes of rows it covers today."""

    record: RecordClass
    classes: tuple[RetentionClass, ...]


def schedule_rows() -> list[ScheduleRow]:
    """Return the whole schedule, in its order."""
    classes = registered()
    return [ScheduleRow(record, tuple(c for c in classes if c.basis == record.key)) for record in RECORD_CLASSES]
