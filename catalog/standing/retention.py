"""How long it is kept who was allowed what, and what was stopped: with the schedule in marketplace.consent.retention."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import Assessment, BlacklistEntry, Licence, Training, Withholding


def _licences(cutoff: datetime) -> "QuerySet[Any]":
    """Licences that ended, or were taken back, before then."""
    ended = Licence.objects.filter(valid_until_on__lt=cutoff.date())
    return ended | Licence.objects.filter(withdrawn_at__lt=cutoff)


def _lifted(cutoff: datetime) -> "QuerySet[Any]":
    return Withholding.objects.filter(lifted_at__lt=cutoff)


def _ended(cutoff: datetime) -> "QuerySet[Any]":
    return BlacklistEntry.objects.filter(ended_at__lt=cutoff)


def _assessments(cutoff: datetime) -> "QuerySet[Any]":
    return Assessment.objects.filter(valid_until_on__lt=cutoff.date())


def _trainings(cutoff: datetime) -> "QuerySet[Any]":
    return Training.objects.filter(held_on__lt=cutoff.date())


def register_retention() -> None:
    """Register what standing keeps. What still counts is never over."""
    _register("licences", _("机构的证照信息"), _licences, "valid_until_on", "checked_by")
    people = ("decided_by", "lifted_by", "appealed_by", "answered_by")
    _register("withholdings", _("否决和黑名单的决定"), _lifted, "lifted_at", *people)
    _register("blacklist_entries", _("黑名单上的名字"), _ended, "ended_at", "noted_by")
    _register("assessments", _("协会的评估"), _assessments, "valid_until_on", "signed_by")
    _register("trainings", _("协会的培训"), _trainings, "held_on", "noted_by")


def _register(
    key: str, title: Promise, expired: Callable[[datetime], "QuerySet[Any]"], dated: str, *people: str
) -> None:
    register(
        RetentionClass(
            key=key,
            title=title,
            basis="standing",
            expired=expired,
            erase=deleted,
            subjects=tuple(f"{person}__public_id" for person in people),
            dated=dated,
        )
    )
