"""A cancellation policy on pages."""

from datetime import datetime

from django import template
from django.utils import timezone

from catalog.catalogue import cancellation_words
from catalog.catalogue.cancellation import CancellationPolicy

register = template.Library()


@register.filter
def in_hours(policy: CancellationPolicy) -> list[str]:
    """Sentences counted from the start: what a product's page says."""
    return cancellation_words.in_hours(policy)


@register.filter
def in_moments(policy: CancellationPolicy, starts_at: datetime) -> list[str]:
    """Sentences with days and times, for a session at `starts_at`; windows that are over are left out."""
    return cancellation_words.in_moments(policy, starts_at=starts_at, now=timezone.now())


@register.filter
def free_hours(policy: CancellationPolicy) -> int | None:
    """How many hours before the start cancelling and moving stop being free; None where they never are."""
    return policy.free_hours
