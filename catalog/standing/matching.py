"""Whom a name on a blacklist means."""

from collections.abc import Collection

from django.db.models import Q

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider

from .models import BlacklistEntry


def surely_meant(entry: BlacklistEntry) -> Partner | Provider | None:
    """Return whom an entry means beyond doubt, None where there is any.

    An organisation by a licence's number or its full name; a person by the full name and the number of the registration
    together: a name alone may be somebody else's.
    """
    found: list[Partner | Provider] = list(_partners(entry))
    if entry.number and not found:
        found = list(Provider.objects.filter(name=entry.name, credential__contains=entry.number))
    return found[0] if len(found) == 1 else None


def maybe_meant(entry: BlacklistEntry) -> list[Provider]:
    """Return providers of that name, for somebody to say which one is meant, if any."""
    if entry.withholding_id is not None:
        return []
    return list(Provider.objects.filter(name=entry.name).select_related("partner").order_by("pk"))


def _partners(entry: BlacklistEntry) -> list[Partner]:
    named = Q(name=entry.name)
    if entry.number:
        named |= Q(licences__number__iexact=entry.number)
    return list(Partner.objects.filter(named).exclude(pk=entry.body_id).distinct())


def providers_named(names: Collection[str]) -> dict[str, list[Provider]]:
    """Return providers of these names, by name: for somebody to say which one is meant, if any. One query."""
    found: dict[str, list[Provider]] = {}
    for provider in Provider.objects.filter(name__in=names).select_related("partner").order_by("pk"):
        found.setdefault(provider.name, []).append(provider)
    return found
