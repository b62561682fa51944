"""How long answers are kept: half a year after a young person's last one."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Goal, Measurement

_SUBJECTS = ("child__public_id",)


def _last_answer(of_child: str) -> Subquery:
    newest = Measurement.objects.filter(child=OuterRef(of_child)).order_by("-answered_at")
    return Subquery(newest.values("answered_at")[:1])


def _measurements(cutoff: datetime) -> "QuerySet[Any]":
    return Measurement.objects.annotate(last_at=_last_answer("child")).filter(last_at__lt=cutoff)


def _goals(cutoff: datetime) -> "QuerySet[Any]":
    """Goals nothing speaks of any more; one with answers goes with them."""
    return Goal.objects.filter(measurements=None, set_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="goals",
        title=_("自己定的目标"),
        basis="measures",
        expired=_goals,
        erase=deleted,
        subjects=_SUBJECTS,
        dated="set_at",
    ),
    RetentionClass(
        key="measurements",
        title=_("见面前的回答"),
        basis="measures",
        expired=_measurements,
        erase=deleted,
        subjects=_SUBJECTS,
        dated="last_at",
    ),
)


def register_retention() -> None:
    """Register the classes of answers; what was registered last goes first."""
    for retention_class in _CLASSES:
        register(retention_class)
