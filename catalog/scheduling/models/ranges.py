"""Ranges for exclusion constraints."""

from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField
from django.db.models import Func


class TimeRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class IdRange(Func):
    """A one-element range of ids: embedded PostgreSQL has no btree_gist, so equality is written as overlap."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()
