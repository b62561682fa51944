"""Locked reads of consent."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.families.models import Child

from .models import Consent, SafetyOverride


def consent(public_id: UUID) -> QuerySet[Consent]:
    """One consent: answers and revocations of it take turns."""
    return Consent.objects.select_for_update(of=("self",)).select_related("child").filter(public_id=public_id)


def child(pk: int) -> QuerySet[Child]:
    """A child's row: proposals about one child take turns."""
    return Child.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk)


def override(public_id: UUID) -> QuerySet[SafetyOverride]:
    """One safety override."""
    return SafetyOverride.objects.select_for_update(of=("self",)).select_related("child").filter(public_id=public_id)
