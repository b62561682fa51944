"""How long practices, games and the coping plan are kept: their periods stand in consent's retention table."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import CopingPlan, EarlierPlan, GameDay, PracticeRun


def _runs(cutoff: datetime) -> "QuerySet[Any]":
    return PracticeRun.objects.filter(ended_at__lt=cutoff)


def _days(cutoff: datetime) -> "QuerySet[Any]":
    return GameDay.objects.filter(played_on__lt=timezone.localdate(cutoff))


def _unused_plans(cutoff: datetime) -> "QuerySet[Any]":
    return CopingPlan.objects.filter(used_at__lt=cutoff)


def _earlier(cutoff: datetime) -> "QuerySet[Any]":
    return EarlierPlan.objects.filter(saved_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="practice_runs",
        title=_("做过的练习"),
        basis="practices",
        expired=_runs,
        erase=deleted,
        subjects=("owner__public_id",),
        dated="ended_at",
    ),
    RetentionClass(
        key="game_days",
        title=_("小游戏的时间"),
        basis="game_days",
        expired=_days,
        erase=deleted,
        subjects=("owner__public_id",),
        dated="played_on",
    ),
    RetentionClass(
        key="coping_plans",
        title=_("应对卡"),
        basis="coping_plans",
        expired=_unused_plans,
        erase=deleted,
        subjects=("owner__public_id",),
        dated="used_at",
    ),
    RetentionClass(
        key="earlier_plans",
        title=_("应对卡以前的样子"),
        basis="earlier_plans",
        expired=_earlier,
        erase=deleted,
        subjects=("plan__owner__public_id",),
        dated="saved_at",
    ),
)


def register_practices_retention() -> None:
    """Register the classes; what was registered last goes first."""
    for retention_class in _CLASSES:
        register(retention_class)
