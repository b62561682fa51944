"""Reads of the library: what everybody may read, and what one reader keeps."""

from .library import item_for_reader, published_items, related_to

__all__ = ["item_for_reader", "published_items", "related_to"]
