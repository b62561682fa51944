"""Questions who somebody is, for the few of our staff who may ask and decide."""

from datetime import datetime

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.core.encryption.keys import prefetch_keys

from ..enums import UnmaskingState
from ..models import Unmasking


def _whole() -> "QuerySet[Unmasking]":
    return Unmasking.objects.select_related("alias__thread__topic", "asked_by", "decided_by")


def waiting_unmaskings(since: datetime) -> list[Unmasking]:
    """Return what waits for a second person and has not lapsed, the oldest first."""
    found = list(_whole().filter(state=UnmaskingState.ASKED, asked_at__gte=since).order_by("asked_at", "pk"))
    prefetch_keys(found)
    return found


def own_unmaskings(user: User, now: datetime) -> list[Unmasking]:
    """Return what somebody may open now."""
    return list(_whole().filter(asked_by=user, state=UnmaskingState.GRANTED, expires_at__gte=now))


def past_unmaskings() -> "QuerySet[Unmasking]":
    """Return every question ever asked, the latest first."""
    return _whole().order_by("-asked_at", "-pk")
