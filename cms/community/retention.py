"""How long it can be told who wrote something: half a year after the last word under a name."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import as_they_are, deleted_with_keys
from marketplace.core.formatting import in_shanghai

from .models import Alias, Unmasking
from .selectors.own import seen_of
from .services.erasing import end_links


def _links(cutoff: datetime) -> "QuerySet[Any]":
    return Alias.objects.filter(member__isnull=False, last_on__lt=in_shanghai(cutoff).date())


def _end(rows: "QuerySet[Any]") -> int:
    return end_links(list(rows))


def _held(rows: "QuerySet[Any]", subjects: Collection[UUID]) -> "QuerySet[Any]":
    """Names lead to nobody; whose are held is read from the held people's own lists."""
    people = User.objects.filter(public_id__in=subjects) | User.objects.filter(young_profile__public_id__in=subjects)
    return rows.filter(public_id__in={alias for user in people for alias in seen_of(user)})


def _decided(cutoff: datetime) -> "QuerySet[Any]":
    return Unmasking.objects.filter(asked_at__lt=cutoff)


def register_retention() -> None:
    """Register the classes of links and of questions about them."""
    register(
        RetentionClass(
            key="community_links",
            title=_("树洞里的名字与账号的对应"),
            basis="posts",
            expired=_links,
            erase=_end,
            subjects=(),
            kept=_held,
            dated="last_on",
            free=as_they_are,
        )
    )
    register(
        RetentionClass(
            key="community_unmaskings",
            title=_("查问树洞里是谁写的记录"),
            basis="safety_overrides",
            expired=_decided,
            erase=deleted_with_keys,
            subjects=(),
            dated="asked_at",
        )
    )
