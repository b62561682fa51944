"""Writes of the browse pages: listings are made from the catalogue and from scheduling, never by hand."""

from .marking import mark_for_refresh
from .refreshing import refresh_listings, refresh_marked_listings, refresh_stale_listings

__all__ = ["mark_for_refresh", "refresh_listings", "refresh_marked_listings", "refresh_stale_listings"]
