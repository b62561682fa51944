"""Writing down how often products were seen."""

from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction

from catalog.browse.shown import forget_taken, take_shown

_ADD = """
    INSERT INTO capacity_exposure (product_id, "on", times)
    SELECT product.id, seen.day, seen.times
    FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS seen (product_id, day, times)
    JOIN catalogue_product product ON product.id = seen.product_id
    ON CONFLICT ("on", product_id) DO UPDATE SET times = capacity_exposure.times + EXCLUDED.times
"""


def note_exposures() -> int:
    """Take the counts out of Redis into the table; return how many products of how many days there were.

    Counts that were taken and not written (the machine stopped) are written by the next call. One that stops between
    writing and forgetting counts them twice: a figure of a report, nothing that money or people hang on.
    """
    counts = take_shown()
    add_exposures(counts)
    forget_taken()
    return len(counts)


@transaction.atomic
def add_exposures(counts: Mapping[tuple[date, int], int]) -> None:
    """Add counts by (Shanghai day, product's id); products that are gone are left out. One statement."""
    if not counts:
        return
    ordered = sorted(counts.items())
    days, products = [day for (day, _), _ in ordered], [pk for (_, pk), _ in ordered]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [products, days, [times for _, times in ordered]])
