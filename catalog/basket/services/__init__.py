"""Writes of baskets, one function per use case."""

from .codes import enter_code, remove_code
from .lines import change_quantity, drop_expired_lines, remove_line
from .putting import put_holds_in_basket, put_product_in_basket, put_session_in_basket
from .several import put_series_in_basket, put_together_in_basket

__all__ = [
    "change_quantity",
    "drop_expired_lines",
    "enter_code",
    "put_holds_in_basket",
    "put_product_in_basket",
    "put_series_in_basket",
    "put_session_in_basket",
    "put_together_in_basket",
    "remove_code",
    "remove_line",
]
