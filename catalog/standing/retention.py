"""How long it is kept who was allowed what, and what was stopped: with the schedule in marketplace.consent.retention."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import BlacklistEntry, Licence, Withholding


def _licences(cutoff: datetime) -> "QuerySet[Any]":
    """Licences that ended, or were taken back, before then."""
    ended = Licence.objects.filter(valid_until_on__lt=cutoff.date())
    return ended | Licence.objects.filter(withdrawn_at__lt=cutoff)


def _lifted(cutoff: datetime) -> "QuerySet[Any]":
    return Withholding.objects.filter(lifted_at__lt=cutoff)


def _ended(cutoff: datetime) -> "QuerySet[Any]":
    return BlacklistEntry.objects.filter(ended_at__lt=cutoff)


def register_retention() -> None:
    """Register what standing keeps. What still counts is never over."""
    _register("licences", _("机构的证照信息"), _licences, "valid_until_on", "checked_by")
    people = ("decided_by", "lifted_by", "appealed_by", "answered_by")
    _register("withholdings", _("否决和黑名单的决定"), _lifted, "lifted_at", *people)
    _register("blacklist_entries", _("黑名单上的名字"), _ended, "ended_at", "noted_by")


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
