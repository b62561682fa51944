"""How long readers' rows are kept: saves half a year, lessons until nothing has moved for a year, certificates three."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import CourseCertificate, ItemSave, LessonProgress


def _saves(cutoff: datetime) -> "QuerySet[Any]":
    return ItemSave.objects.filter(saved_at__lt=cutoff)


def _lessons(cutoff: datetime) -> "QuerySet[Any]":
    return LessonProgress.objects.filter(changed_at__lt=cutoff)


def _certificates(cutoff: datetime) -> "QuerySet[Any]":
    return CourseCertificate.objects.filter(issued_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="saved_items",
        title=_("知识库里收藏的"),
        basis="saved_products",
        expired=_saves,
        erase=deleted,
        subjects=("user__public_id",),
        dated="saved_at",
    ),
    RetentionClass(
        key="library_lessons",
        title=_("学过的课"),
        basis="library_lessons",
        expired=_lessons,
        erase=deleted,
        subjects=("user__public_id",),
        dated="changed_at",
    ),
    RetentionClass(
        key="course_certificates",
        title=_("学完课程的证书"),
        basis="course_certificates",
        expired=_certificates,
        erase=deleted,
        subjects=("user__public_id",),
        dated="issued_at",
    ),
)


def register_retention() -> None:
    """Register the classes of the library."""
    for retention_class in _CLASSES:
        register(retention_class)
