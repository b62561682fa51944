"""Making listings anew, in bulk: a fixed number of queries for every `CHUNK` products."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from modelsearch.backends import get_search_backend

from catalog.catalogue.models import Product
from catalog.scheduling.models import HealthcareService, Occupancy, Provider
from catalog.scheduling.selectors import Slot, next_open_slots

from ..caching import renew_version
from ..locks import locked_listings
from ..models import Listing
from ..selectors.categories import CategoryNode, read_category_nodes
from .marking import take_marks
from .rows import Source, listing_row

CHUNK = 250
#: Free times read of each service: a week of half-hour starts.
_SLOTS = 200
_MARKS_AT_ONCE = 1000
_STALE_AT_ONCE = 2000
_WRITTEN = [field.attname for field in Listing._meta.concrete_fields if not field.primary_key]
#: A change of these is news for counts and orders; free times are not, see caching.
_NEWS = ("is_shown", "facets", "price_fen", "age_from", "age_to", "card")


def refresh_listings(*, product_ids: Collection[int] | None = None, now: datetime | None = None) -> int:
    """Make the listings of these products (of all when None) as the catalogue and scheduling say now.

    Returns how many rows were written. Search entries follow where words have changed. Safe to repeat and to run
    twice at a time.
    """
    now = now or timezone.now()
    ids = sorted(Product.objects.values_list("pk", flat=True) if product_ids is None else set(product_ids))
    nodes = read_category_nodes()
    written, is_news = 0, False
    for chunk in _chunks(ids):
        with transaction.atomic(durable=True):
            rows, changed = _refresh_chunk(chunk, nodes, now)
        written, is_news = written + rows, is_news or changed
    if is_news:
        renew_version()
    return written


def refresh_marked_listings() -> int:
    """Refresh what `mark_for_refresh` has noted; returns how many rows were written."""
    taken = take_marks(_MARKS_AT_ONCE)
    if not any(taken.values()):
        return 0
    ids = Product.objects.filter(
        Q(pk__in=taken["product"])
        | Q(service__providers__in=taken["provider"])
        | Q(stockrecords__partner__in=taken["partner"])
    )
    return refresh_listings(product_ids=set(ids.values_list("pk", flat=True)))


def refresh_stale_listings(*, now: datetime | None = None) -> int:
    """Refresh marked rows, rows whose first free time has passed or whose day is over, and products without a fresh row."""
    now = now or timezone.now()
    stale = Product.objects.filter(
        Q(listing__stale_at__lte=now) | Q(listing=None) | Q(listing__refreshed_at__lt=F("date_updated"))
    )
    ids = set(stale.order_by("listing__stale_at").values_list("pk", flat=True)[:_STALE_AT_ONCE])
    return refresh_marked_listings() + (refresh_listings(product_ids=ids, now=now) if ids else 0)


def _chunks(ids: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for start in range(0, len(ids), CHUNK):
        yield tuple(ids[start : start + CHUNK])


def _refresh_chunk(ids: Sequence[int], nodes: Sequence[CategoryNode], now: datetime) -> tuple[int, bool]:
    before = {row.pk: row for row in locked_listings(ids)}
    rows = [listing_row(source, nodes) for source in _sources(ids, now)]
    Listing.objects.bulk_create(rows, update_conflicts=True, unique_fields=["product"], update_fields=_WRITTEN)
    _index([row for row in rows if _has_new_words(row, before.get(row.pk))])
    return len(rows), any(_is_news(row, before.get(row.pk)) for row in rows)


def _has_new_words(row: Listing, before: Listing | None) -> bool:
    return before is None or (row.title, row.words) != (before.title, before.words)


def _is_news(row: Listing, before: Listing | None) -> bool:
    return before is None or any(getattr(row, name) != getattr(before, name) for name in _NEWS)


def _index(rows: Sequence[Listing]) -> None:
    if rows:
        get_search_backend().add_bulk(Listing, rows)


def _sources(ids: Sequence[int], now: datetime) -> Iterator[Source]:
    products = Product.objects.filter(pk__in=ids).prefetch_related(
        "needs", "categories", "images", "lessons", "stockrecords__partner"
    )
    services = {service.product_id: service for service in _services(ids)}
    slots = next_open_slots(services=list(services.values()), count=_SLOTS, now=now)
    sessions = _session_ids(slots.values())
    for product in products.order_by("pk"):
        service = services.get(product.pk)
        providers = list(service.providers.all()) if service else []
        records = list(product.stockrecords.all())
        yield Source(
            product=product,
            service=service,
            providers=providers,
            partner=providers[0].partner if providers else (records[0].partner if records else None),
            slots=slots[service.pk] if service else [],
            sessions=sessions,
            now=now,
        )


def _services(ids: Sequence[int]) -> Iterable[HealthcareService]:
    active = Provider.objects.filter(is_active=True).select_related("partner").order_by("pk")
    return (
        HealthcareService.objects.filter(product__in=ids)
        .select_related("product")
        .prefetch_related(Prefetch("providers", queryset=active))
    )


def _session_ids(slots: Iterable[Sequence[Slot]]) -> dict[int, UUID]:
    """The public ids of the group sessions among these times."""
    ids = {slot.occupancy_id for each in slots for slot in each if slot.occupancy_id}
    return dict(Occupancy.objects.filter(pk__in=ids).values_list("pk", "public_id")) if ids else {}
