"""Reads of data keys."""

from django.db.models import QuerySet

from .models import DataKey


def keys_to_rewrap(current_uri: str) -> QuerySet[DataKey]:
    """Return the living keys wrapped under another key than the one in use."""
    return DataKey.objects.filter(destroyed_at=None).exclude(kek_uri=current_uri)
