"""Locked reads of families. Order: child, then the people, then guardianship or invitation.

Booking takes the same locks in the same order; keys are left alone, so rows that merely point here need not wait.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from .models import Child, EndingRequest, Guardianship, Invitation


def guardian(user: Any) -> QuerySet:
    """The guardian's own row: adding children of one guardian takes turns."""
    return get_user_model().objects.select_for_update(of=("self",), no_key=True).filter(pk=user.pk)


def child(public_id: Any) -> QuerySet[Child]:
    """One child's row: whatever changes its family takes turns."""
    return Child.objects.select_for_update(of=("self",), no_key=True).filter(public_id=public_id)


def guardianship(pk: int) -> QuerySet[Guardianship]:
    """One guardianship, with its people."""
    rows = Guardianship.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=pk).select_related("guardian", "child")


def invitation(pk: int) -> QuerySet[Invitation]:
    """One invitation, with its people."""
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=pk).select_related("child", "invited_by")


def ending_request(public_id: Any) -> QuerySet[EndingRequest]:
    """One request to our staff."""
    rows = EndingRequest.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(public_id=public_id).select_related("guardianship__child", "guardianship__guardian")
