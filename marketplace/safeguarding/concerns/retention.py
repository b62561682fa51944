"""How long a concern is kept: three years from its end; then its key goes, and what it counts as stays."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted
from marketplace.core.encryption.services import destroy_data_key

from .models import Call, Concern, ConcernEvent, StepMark, TrainingRecord, Unsealing
from .people import marks_of

REASON = "retention"


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return Concern.objects.filter(erased_at=None, closed_at__lt=cutoff)


def _kept(rows: "QuerySet[Any]", held: Any) -> "QuerySet[Any]":
    """A hold on a person keeps the concerns about them; they are found by their marks alone."""
    return rows.filter(mark__in=marks_of(list(held)))


def _erase(rows: "QuerySet[Any]") -> int:
    """Leave of a concern its kind, times and outcome; nothing leads to anybody any more."""
    found = list(rows)
    for model in (Unsealing, Call, StepMark):
        model._default_manager.filter(concern__in=found).delete()
    ConcernEvent.objects.filter(concern__in=found, seconds=None).delete()
    for concern in found:
        concern.mark = concern.link = ""
        concern.acknowledged_by = concern.closed_by = concern.drill_started_by = None
        concern.erased_at = timezone.now()
        concern.save()
        destroy_data_key(subject_id=concern.public_id, reason=REASON, destroyed_by=None)
    ConcernEvent.objects.filter(concern__in=found).update(by=None)
    return len(found)


def _trained(cutoff: datetime) -> "QuerySet[Any]":
    return TrainingRecord.objects.filter(valid_until__lt=cutoff.date())


def register_retention() -> None:
    """Register the classes of the desk."""
    register(
        RetentionClass(
            key="concerns",
            title=_("安全事件的处理记录"),
            basis="crisis_cases",
            expired=_over,
            erase=_erase,
            subjects=(),
            kept=_kept,
            dated="closed_at",
        )
    )
    register(
        RetentionClass(
            key="safety_trainings",
            title=_("值守人员的培训记录"),
            basis="crisis_cases",
            expired=_trained,
            erase=deleted,
            subjects=("user__public_id",),
            dated="valid_until",
        )
    )
