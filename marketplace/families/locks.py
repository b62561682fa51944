"""Locked reads of families."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from .models import Child


def guardian(user: Any) -> QuerySet:
    """The guardian's own row: adding children of one guardian takes turns."""
    return get_user_model().objects.select_for_update(of=("self",)).filter(pk=user.pk)


def child(public_id: Any) -> QuerySet[Child]:
    """One child's row."""
    return Child.objects.select_for_update(of=("self",)).filter(public_id=public_id)
