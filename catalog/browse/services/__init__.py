"""Writes of the browse pages: listings are made from the catalogue and from scheduling, never by hand; saved ones by people."""

from .marking import mark_for_refresh
from .refreshing import refresh_listings, refresh_marked_listings, refresh_stale_listings
from .saving import drop_saved_product, save_product

__all__ = [
    "drop_saved_product",
    "mark_for_refresh",
    "refresh_listings",
    "refresh_marked_listings",
    "refresh_stale_listings",
    "save_product",
]
