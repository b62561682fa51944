"""Reads of families."""

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from .models import Child


def children_of(user: Any) -> QuerySet[Child]:
    """The children a person cares for, archived ones left out, in the order they were added; with `relation`."""
    return (
        Child.objects.filter(guardianships__guardian_id=user.pk, archived_at=None)
        .annotate(relation=F("guardianships__relation"))
        .order_by("created_at", "pk")
    )


def child_of(user: Any, public_id: UUID) -> Child | None:
    """One child a person cares for, else None: somebody else's child does not exist for them."""
    return children_of(user).filter(public_id=public_id).first()
