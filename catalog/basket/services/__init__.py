"""Writes of baskets, one function per use case."""

from .lines import change_quantity, drop_expired_lines, remove_line
from .putting import put_product_in_basket, put_session_in_basket

__all__ = [
    "change_quantity",
    "drop_expired_lines",
    "put_product_in_basket",
    "put_session_in_basket",
    "remove_line",
]
