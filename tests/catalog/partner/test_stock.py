"""Stock is taken by one conditional UPDATE, and never below nothing."""

import pytest
from django.db import IntegrityError, transaction

from catalog.partner.exceptions import SoldOut
from catalog.partner.models import StockRecord
from tests import factories

pytestmark = pytest.mark.django_db


def record_of(product) -> StockRecord:
    return product.stockrecords.select_related("product__product_class").get()


def test_units_are_taken_until_none_are_left():
    record = record_of(factories.make_goods(stock=3))
    record.allocate(2)
    assert record.num_allocated == 2
    with pytest.raises(SoldOut):
        record.allocate(2)
    record.allocate(1)
    assert record.net_stock_level == 0


def test_a_stale_copy_cannot_oversell():
    toy = factories.make_goods(stock=1)
    first, second = record_of(toy), record_of(toy)
    first.allocate(1)
    with pytest.raises(SoldOut):
        second.allocate(1)


def test_what_is_not_counted_is_never_sold_out():
    record = record_of(factories.make_course())
    record.allocate(1_000)
    assert record.num_allocated is None


def test_the_database_refuses_what_the_code_would_get_wrong():
    record = record_of(factories.make_goods(stock=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        StockRecord.objects.filter(pk=record.pk).update(num_allocated=2)
