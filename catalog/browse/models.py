"""What the browse pages read: one row per product, with everything a card shows and every filter asks for.

The row is made from the catalogue and from scheduling by `services.refresh_listings`; nothing else writes it, and
nothing that costs money or time trusts it: prices are read again in the basket, free times when one is held.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from modelsearch import index

from catalog.catalogue.models import Product
from marketplace.core.models import PublicIdModel


class Listing(index.Indexed, models.Model):
    """A product as it is listed."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="listing")
    is_shown = models.BooleanField(default=True)
    is_coming = models.BooleanField(default=False)

    facets = ArrayField(models.CharField(max_length=24), default=list, help_text="see facet_token()")
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(default=18)
    price_fen = models.PositiveIntegerField(null=True)

    next_starts = ArrayField(
        models.DateTimeField(),
        default=list,
        help_text="the next free times, and the next of each window, earliest first",
    )
    next_sessions = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="the group sessions (Occupancy.public_id) of these times; empty for others",
    )
    earliest_at = models.DateTimeField(null=True)
    free_on = ArrayField(models.DateField(), default=list, help_text="days of the coming week with free time")
    after_school_on = ArrayField(models.DateField(), default=list, help_text="the same for starts from 17:00 on")
    before_school_on = ArrayField(models.DateField(), default=list, help_text="the same for starts before 08:00")

    rank = models.IntegerField(default=0, help_text="recommended order, smaller is earlier; see recommended_rank()")
    card = models.JSONField(default=dict, help_text="what the card shows of person and product")
    card_version = models.CharField(
        max_length=12,
        default="",
        help_text="changes with `card` and `next_starts`; what is kept of a card is kept under it",
    )
    words = models.TextField(default="", help_text="what the search finds beside the title")
    refreshed_at = models.DateTimeField(default=timezone.now)
    stale_at = models.DateTimeField(help_text="when the first free time can no longer be booked, or the day ends")

    # Entries are written with the row, in bulk, and only when the words have changed.
    search_auto_update = False
    search_fields = [index.SearchField("title", boost=4), index.SearchField("words")]

    class Meta:
        indexes = [
            GinIndex(fields=["facets"], name="listing_facets"),
            GinIndex(fields=["free_on"], name="listing_free_on"),
            GinIndex(fields=["after_school_on"], name="listing_after_school"),
            GinIndex(fields=["before_school_on"], name="listing_before_school"),
            models.Index(fields=["rank", "-product"], name="listing_recommended", condition=Q(is_shown=True)),
            models.Index(
                F("earliest_at").asc(nulls_last=True),
                "rank",
                F("product").desc(),
                name="listing_soonest",
                condition=Q(is_shown=True),
            ),
            models.Index(
                F("price_fen").asc(nulls_last=True),
                "rank",
                F("product").desc(),
                name="listing_cheapest",
                condition=Q(is_shown=True),
            ),
            models.Index(
                F("price_fen").desc(nulls_last=True),
                "rank",
                F("product").desc(),
                name="listing_dearest",
                condition=Q(is_shown=True),
            ),
            models.Index(fields=["stale_at"], name="listing_stale"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The product's name, for the search index."""
        return str(self.card.get("title", ""))


class SavedProduct(PublicIdModel):
    """Something a person put aside to come back to: theirs alone, a young person's parents do not see it."""

    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_products")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    saved_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["saved_by", "product"], name="saved_once")]
        indexes = [models.Index(fields=["saved_at"], name="saved_at")]

    def __str__(self) -> str:
        return str(self.public_id)


def facet_token(prefix: str, value: object) -> str:
    """Return how a facet value stands in `Listing.facets`: c12 (a category), m:phone, p:200, o:clinic, l:普通话."""
    return f"c{value}" if prefix == "c" else f"{prefix}:{value}"
