"""Every interaction that the CapabilityStatement names."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Provider
from catalog.scheduling.selectors import open_slots

from .. import selectors
from ..models import ApiKey
from ..sights import seen_bookings
from ..v1.pages import page_of
from . import resources
from .asked import NotUnderstood, Span, count_of, id_of, reference_of, refuse_others, span_of
from .capability import SEARCHES, capability_statement
from .door import fhir_view, said
from .resources import Resource, bundle

#: So many days of free times in one answer; further ones are asked for by `start`.
MOST_DAYS = 14
UUID_LENGTH = 36
#: Whose, when, what for.
_FREE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{9,10})-(\d{1,9})\Z")


def base() -> str:
    """Return where this interface is."""
    return settings.PUBLIC_BASE_URL + reverse("fhir:metadata").removesuffix("/metadata")


@require_GET
def metadata(request: HttpRequest) -> HttpResponse:
    """Say what this interface can do; open to everybody."""
    return said(capability_statement(base()))


def _page(request: HttpRequest, name: str, found: list[Resource], cursor: Any = None) -> Resource:
    query = request.GET.copy()
    asked = f"{base()}/{name}" + (f"?{query.urlencode()}" if query else "")
    if cursor is None:
        return bundle(base(), asked, found)
    query["_cursor"] = str(cursor)
    return bundle(base(), asked, found, f"{base()}/{name}?{urlencode(list(query.items()))}")


def _cursor(request: HttpRequest) -> UUID | None:
    written = request.GET.get("_cursor")
    return id_of("_cursor", written) if written is not None else None


def _read_id(written: str) -> UUID:
    """Return the id in an address; what is none names nothing."""
    try:
        return UUID(written)
    except ValueError:
        raise Http404 from None


def _providers(key: ApiKey) -> QuerySet[Provider]:
    return selectors.providers_of(key.partner)


def _provider(key: ApiKey, public_id: UUID) -> Provider:
    found = _providers(key).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@fhir_view
def practitioners(request: HttpRequest, key: ApiKey) -> Resource:
    """Who gives care here."""
    refuse_others(request.GET, ())
    rows, more = page_of(
        _providers(key), by="pk", cursor=_cursor(request), limit=count_of(request.GET), newest_first=False
    )
    return _page(request, "Practitioner", [resources.practitioner(row) for row in rows], more)


@fhir_view
def practitioner(request: HttpRequest, key: ApiKey, written: str) -> Resource:
    return resources.practitioner(_provider(key, _read_id(written)))


@fhir_view
def schedules(request: HttpRequest, key: ApiKey) -> Resource:
    """Calendars, one of each provider."""
    refuse_others(request.GET, ("actor",))
    rows = _providers(key)
    if actor := reference_of(request.GET, "actor", "Practitioner"):
        rows = rows.filter(public_id=actor)
    found, more = page_of(rows, by="pk", cursor=_cursor(request), limit=count_of(request.GET), newest_first=False)
    return _page(request, "Schedule", [resources.schedule(row) for row in found], more)


@fhir_view
def schedule(request: HttpRequest, key: ApiKey, written: str) -> Resource:
    return resources.schedule(_provider(key, _read_id(written)))


@fhir_view
def services(request: HttpRequest, key: ApiKey) -> Resource:
    """What can be booked: all of it, an organisation has few."""
    refuse_others(request.GET, ())
    rows = selectors.services_of(key.partner).order_by("product_id")
    return _page(request, "HealthcareService", [resources.healthcare_service(row) for row in rows])


@fhir_view
def service(request: HttpRequest, key: ApiKey, written: str) -> Resource:
    if not (written.isascii() and written.isdigit() and len(written) <= 9):
        raise Http404
    found = selectors.services_of(key.partner).filter(product_id=int(written)).first()
    if found is None:
        raise Http404
    return resources.healthcare_service(found)


@fhir_view
def slots(request: HttpRequest, key: ApiKey) -> Resource:
    """Free and taken times of one calendar: `schedule` says whose, `start` from when (today unless said)."""
    refuse_others(request.GET, dict(SEARCHES["Slot"]))
    whose = reference_of(request.GET, "schedule", "Schedule")
    if whose is None:
        raise NotUnderstood("schedule")
    provider, span = _provider(key, whose), span_of(request.GET, "start", default_days=7)
    if span.before_on > span.from_on + timedelta(days=MOST_DAYS):
        raise NotUnderstood("start")
    status = request.GET.get("status", "")
    if status not in ("", "free", "busy"):
        raise NotUnderstood("status")
    found = [] if status == "busy" else _free(key, provider, span)
    found += [] if status == "free" else _busy(key, provider, span)
    return _page(request, "Slot", sorted(found, key=lambda each: (each["start"], each["id"])))


def _free(key: ApiKey, provider: Provider, span: Span) -> list[Resource]:
    return [
        resources.free_slot(provider, service, slot)
        for service in selectors.services_of(key.partner).filter(providers=provider).order_by("product_id")
        for slot in open_slots(
            service=service, from_on=span.from_on, to_on=span.before_on - timedelta(days=1), provider=provider
        )
        if slot.occupancy_id is None
    ]


def _busy(key: ApiKey, provider: Provider, span: Span) -> list[Resource]:
    rows = selectors.sessions_of(key.partner).filter(
        provider=provider, starts_at__gte=span.begin, starts_at__lt=span.end
    )
    return [resources.busy_slot(row) for row in rows.order_by("starts_at", "pk")]


@fhir_view
def slot(request: HttpRequest, key: ApiKey, written: str) -> Resource:
    """One time: a taken one by its own id, a free one by whose, when and what for."""
    if len(written) > UUID_LENGTH:
        return _free_again(key, written)
    found = selectors.sessions_of(key.partner).filter(public_id=_read_id(written)).first()
    if found is None:
        raise Http404
    return resources.busy_slot(found)


def _free_again(key: ApiKey, slot_id: str) -> Resource:
    written = _FREE.match(slot_id)
    if written is None:
        raise Http404
    provider = _provider(key, UUID(written[1]))
    day = timezone.localtime(datetime.fromtimestamp(int(written[2]), UTC)).date()
    for found in _free(key, provider, Span(day, day + timedelta(days=1))):
        if found["id"] == slot_id:
            return found
    raise Http404


@fhir_view
def appointments(request: HttpRequest, key: ApiKey) -> Resource:
    """What is booked, the latest first; what may not be seen any more is left out."""
    refuse_others(request.GET, dict(SEARCHES["Appointment"]))
    span = span_of(request.GET, "date")
    rows = selectors.bookings_of(key.partner).filter(starts_at__gte=span.begin, starts_at__lt=span.end)
    if whose := reference_of(request.GET, "practitioner", "Practitioner"):
        rows = rows.filter(occupancy__provider__public_id=whose)
    if status := request.GET.get("status"):
        if status not in BookingStatus.values:
            raise NotUnderstood("status")
        rows = rows.filter(status=status)
    found, more = page_of(rows, by="starts_at", cursor=_cursor(request), limit=count_of(request.GET))
    sights = seen_bookings(key, found, with_clients=False)
    return _page(request, "Appointment", [resources.booked(sight) for sight in sights], more)


@fhir_view
def appointment(request: HttpRequest, key: ApiKey, written: str) -> Resource:
    found = selectors.bookings_of(key.partner).filter(public_id=_read_id(written)).first()
    sights = seen_bookings(key, [found], with_clients=False) if found else []
    if not sights:
        raise Http404
    return resources.booked(sights[0])
