"""Rows for tests: plain functions, small, valid as they come, unique by a counter. Name only what the test is about."""

from .catalogue import (
    make_category,
    make_course,
    make_goods,
    make_group_service,
    make_price,
    make_product,
    make_service,
    product_class,
)
from .counting import next_number
from .partners import make_location, make_partner, make_provider
from .people import (
    PASSWORD,
    make_child,
    make_on_duty,
    make_parent,
    make_partner_staff,
    make_staff,
    make_teen,
    make_user,
    signed_in,
)
from .scheduling import make_booking, make_group_occupancy, make_occupancy, next_weekday, shanghai
from .talks import make_event

__all__ = [
    "PASSWORD",
    "make_booking",
    "make_category",
    "make_child",
    "make_course",
    "make_event",
    "make_goods",
    "make_group_occupancy",
    "make_group_service",
    "make_location",
    "make_occupancy",
    "make_on_duty",
    "make_parent",
    "make_partner",
    "make_partner_staff",
    "make_price",
    "make_product",
    "make_provider",
    "make_service",
    "make_staff",
    "make_teen",
    "make_user",
    "next_number",
    "next_weekday",
    "product_class",
    "shanghai",
    "signed_in",
]
