"""Reads of what was sent in."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.families.selectors import children_of, young_profile_of

from ..models import Submission
from .enums import State


def waiting_submissions() -> "QuerySet[Submission]":
    """What our editors have to read, the oldest first; what the safety desk holds comes last."""
    return Submission.objects.filter(state=State.WAITING).select_related("child").order_by("is_held", "sent_at", "pk")


def answered_submissions() -> "QuerySet[Submission]":
    """What was decided, the newest first."""
    answered = Submission.objects.filter(state__in=(State.ACCEPTED, State.DECLINED))
    return answered.select_related("child", "page").order_by("-decided_at", "pk")


def submissions_of(user: Any) -> "QuerySet[Submission]":
    """What this person may see and take back: own works and stories, and those a parent sent for a child.

    From 14 on a work is the young person's alone, also where a parent sent it earlier.
    """
    own = Q(child__account_id=user.pk) | Q(sent_by=user, child=None)
    young = [child.pk for child in children_of(user) if not child.rules.decides_alone]
    rows = Submission.objects.filter(own | Q(child__in=young)).select_related("page", "child")
    return rows.order_by("-sent_at", "-pk")


def submission_for(user: Any, public_id: UUID) -> Submission | None:
    """One of those, else None: somebody else's does not exist for them."""
    return submissions_of(user).filter(public_id=public_id).first()


def whose_it_may_be(user: User) -> list[Child]:
    """For whom this person may send works: themselves from 14 on, or their children below it."""
    own = young_profile_of(user)
    if own is not None:
        return [own] if own.rules.decides_alone else []
    return [child for child in children_of(user) if not child.rules.decides_alone]
