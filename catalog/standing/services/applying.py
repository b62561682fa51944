"""The one place that decides what is withheld, and writes it where it is read: on products and providers.

Withheld is whoever a live decision is about, everything of an organisation a live decision is about, and everything of
one whose licence has run out. All is worked out anew each time, so nothing depends on having heard of every change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.models import Provider
from catalog.scheduling.retry import retried

from ..models import Withholding
from ..selectors import partners_without_licence
from ..signals import standing_changed


@dataclass(frozen=True, slots=True)
class Changed:
    """What may no longer, or may again, be offered."""

    product_ids: tuple[int, ...]
    provider_ids: tuple[int, ...]


@retried
@transaction.atomic
def apply_standing(*, now: datetime | None = None) -> Changed:
    """Write down who and what is withheld now, and say what has changed. Safe to repeat at any time.

    Joins the caller's transaction. A booking under way holds its provider's lock: the row waits for it, and what it has
    written is seen by whoever looks for bookings afterwards.
    """
    now = now or timezone.now()
    partners = _withheld_partners(now)
    providers = _marked(Provider.objects.all(), _withheld_providers(partners), now)
    products = _marked(Product.objects.all(), _withheld_products(partners), now)
    changed = Changed(tuple(products), tuple(providers))
    if products or providers:
        standing_changed.send(sender=Withholding, product_ids=changed.product_ids, provider_ids=changed.provider_ids)
    return changed


def _live() -> "QuerySet[Withholding]":
    return Withholding.objects.filter(lifted_at=None)


def _withheld_partners(now: datetime) -> set[int]:
    decided = _live().filter(partner__isnull=False).values_list("partner_id", flat=True)
    lapsed = partners_without_licence(timezone.localdate(now)).values_list("pk", flat=True)
    return {pk for pk in (*decided, *lapsed) if pk is not None}


def _withheld_providers(partners: set[int]) -> Q:
    decided = _live().filter(provider=OuterRef("pk"))
    return Q(partner__in=partners) | Q(Exists(decided))


def _withheld_products(partners: set[int]) -> Q:
    """What was decided about; and what nobody but withheld organisations sells."""
    decided = _live().filter(product=OuterRef("pk"))
    sold = StockRecord.objects.filter(product=OuterRef("pk"))
    by_others = sold.exclude(partner__in=partners)
    return Q(Exists(decided)) | (Q(Exists(sold)) & ~Q(Exists(by_others)))


def _marked(rows: "QuerySet", withheld: Q, now: datetime) -> list[int]:  # type: ignore[type-arg]
    """Mark the rows that are withheld and unmark the others; return the ids of those that changed, in order."""
    newly = _ids(rows.filter(withheld, withheld_at=None))
    freed = _ids(rows.filter(withheld_at__isnull=False).exclude(withheld))
    rows.filter(pk__in=newly).update(withheld_at=now)
    rows.filter(pk__in=freed).update(withheld_at=None)
    return sorted((*newly, *freed))


def _ids(rows: "QuerySet") -> Iterable[int]:  # type: ignore[type-arg]
    """Lock the rows that will change, in id order."""
    return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def partners_touched(withholding: Withholding) -> "QuerySet[Partner]":
    """Return the organisations whose people hear of a decision."""
    return Partner.objects.filter(
        Q(pk=withholding.partner_id)
        | Q(providers=withholding.provider_id)
        | Q(stockrecords__product=withholding.product_id, stockrecords__product__isnull=False)
    ).distinct()
