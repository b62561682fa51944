"""Reads: what is licensed."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from catalog.partner.models import Partner

from .models import Licence


def licences_of(partner: Partner) -> "QuerySet[Licence]":
    """Return an organisation's licences that count today, by kind; the newest of a kind first."""
    return current_licences().filter(partner=partner)


def current_licences(day: date | None = None) -> "QuerySet[Licence]":
    """Return the licences that count on a day (today), their last day included."""
    day = day or timezone.localdate()
    return Licence.objects.filter(
        Q(valid_until_on__isnull=True) | Q(valid_until_on__gte=day), withdrawn_at=None, valid_from_on__lte=day
    )
