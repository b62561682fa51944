"""How long moods, the diary and check-ins are kept: their periods stand in consent's retention table.

While a profile is in use nothing of a diary is ever over: it is the young person's own, to keep or to delete.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import as_they_are, deleted

from .models import CheckInPlan, CheckInPrompt, DiaryChoice, DiaryEntry, EntryShare, MoodEntry


def _moods(cutoff: datetime) -> "QuerySet[Any]":
    return MoodEntry.objects.filter(child__archived_at__lt=cutoff)


def _pages(cutoff: datetime) -> "QuerySet[Any]":
    return DiaryEntry.objects.filter(child__archived_at__lt=cutoff)


def _choices(cutoff: datetime) -> "QuerySet[Any]":
    return DiaryChoice.objects.filter(child__archived_at__lt=cutoff)


def _shares(cutoff: datetime) -> "QuerySet[Any]":
    return EntryShare.objects.annotate(over_at=Least("withdrawn_at", "until")).filter(over_at__lt=cutoff)


def _prompts(cutoff: datetime) -> "QuerySet[Any]":
    return CheckInPrompt.objects.filter(due_at__lt=cutoff)


def _plans(cutoff: datetime) -> "QuerySet[Any]":
    over_at = Least("stopped_at", "child__archived_at")
    return CheckInPlan.objects.annotate(over_at=over_at).filter(over_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="moods",
        title=_("心情打卡"),
        basis="diaries",
        expired=_moods,
        erase=deleted,
        subjects=("child__public_id",),
        dated="child__archived_at",
    ),
    RetentionClass(
        key="diary_pages",
        title=_("日记"),
        basis="diaries",
        expired=_pages,
        erase=deleted,
        subjects=("child__public_id",),
        dated="child__archived_at",
        free=as_they_are,
    ),
    RetentionClass(
        key="diary_choices",
        title=_("写日记时要不要安全检查"),
        basis="diaries",
        expired=_choices,
        erase=deleted,
        subjects=("child__public_id",),
        dated="child__archived_at",
    ),
    RetentionClass(
        key="entry_shares",
        title=_("哪一篇给谁看过"),
        basis="entry_shares",
        expired=_shares,
        erase=deleted,
        subjects=("child__public_id", "recipient__public_id"),
        dated="over_at",
    ),
    RetentionClass(
        key="checkin_plans",
        title=_("停用的小问候"),
        basis="check_ins",
        expired=_plans,
        erase=deleted,
        subjects=("child__public_id",),
        dated="over_at",
        free=as_they_are,
    ),
    RetentionClass(
        key="checkin_prompts",
        title=_("小问候问过的时间"),
        basis="check_ins",
        expired=_prompts,
        erase=deleted,
        subjects=("plan__child__public_id",),
        dated="due_at",
    ),
)


def register_diary_retention() -> None:
    """Register the classes; what was registered last goes first."""
    for retention_class in _CLASSES:
        register(retention_class)
