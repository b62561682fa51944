"""Rows of this app that are changed under a lock."""

from django.db.models import QuerySet

from .models import DataKey


def data_keys_to_change(queryset: QuerySet[DataKey]) -> QuerySet[DataKey]:
    """Lock these keys against rotation and destruction, in id order."""
    return queryset.select_for_update().order_by("pk")
