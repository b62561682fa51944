"""Units of goods an order takes from stock, and gives back. Runs inside the caller's transaction."""

from collections.abc import Iterable

from django.db.models import F, QuerySet

from .. import locks
from ..models import Line, Order


def take_stock(order: Order) -> None:
    """Take every counted line's units, in stock-record order so that two orders cannot wait for each other.

    Raises:
        SoldOut: not enough units are free; the caller rolls back.
    """
    lines = _counted(order).filter(num_allocated=0).order_by("stockrecord_id", "pk")
    for line in lines:
        line.stockrecord.allocate(line.quantity)
    _note(lines, taken=True)


def give_stock_back(order: Order) -> None:
    """Free every unit the order still holds; repeats do nothing."""
    lines = list(_counted(order).filter(num_allocated__gt=0).order_by("stockrecord_id", "pk"))
    records = locks.locked_stock(line.stockrecord_id for line in lines)
    for line in lines:
        records[line.stockrecord_id].cancel_allocation(line.num_allocated)
    _note(lines, taken=False)


def _counted(order: Order) -> QuerySet[Line]:
    return Line.objects.filter(order=order, product__product_class__track_stock=True).select_related(
        "stockrecord__product__product_class"
    )


def _note(lines: Iterable[Line], *, taken: bool) -> None:
    ids = [line.pk for line in lines]
    Line.objects.filter(pk__in=ids).update(num_allocated=F("quantity") if taken else 0, allocation_cancelled=not taken)
