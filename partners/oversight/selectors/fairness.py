"""The rows behind a week's fairness: services on sale, showings and free hours. Nobody who looked is in them."""

from collections import defaultdict
from datetime import timedelta

from catalog.capacity.selectors import capacity_report
from catalog.capacity.weeks import HOUR
from catalog.catalogue.models import Product
from catalog.scheduling.models import HealthcareService

from ..fairness import FLOOR, NEW_DAYS, Seen, fairness_of
from ..sections import Cell, Figures, Section
from ..spans import DAY, Span


def fairness_figures(span: Span) -> Figures:
    """Return a week's figures with everything it takes to compute them again."""
    services = seen_services(span)
    found = fairness_of(services)
    rows: list[list[Cell]] = [
        [each.product_id, each.partner, int(each.is_new), each.times, each.free_hours] for each in services
    ]
    measures: list[list[Cell]] = [
        ["gini", found.gini],
        ["gini_by_merit", found.gini_by_merit],
        ["new_share", found.new_share],
        ["new_part", found.new_part],
        ["floor", "holds" if found.floor_holds else "fails"],
    ]
    seeds = [(span.from_on + n * DAY).isoformat() for n in range(7)]
    return Figures(
        [
            Section("measures", ["value"], measures),
            Section("services", ["partner", "is_new", "times", "free_hours"], rows),
        ],
        {"seeds": seeds, "new_days": NEW_DAYS, "floor": FLOOR},
    )


def seen_services(span: Span) -> list[Seen]:
    """Return the session services on sale, by id."""
    week = capacity_report(monday=span.from_on, now=span.ends_at).week
    ids = [each.product_id for each in week.services]
    created = dict(Product.objects.filter(pk__in=ids).values_list("pk", "date_created"))
    given: dict[int, set[int]] = defaultdict(set)
    for product, provider in HealthcareService.objects.filter(product__in=ids).values_list("product_id", "providers"):
        given[product].add(provider)
    partners = {each.product_id: each.partner_name for each in week.services}
    oldest_new = span.begins_at - timedelta(days=NEW_DAYS)
    return [
        Seen(
            product_id=pk,
            partner=partners[pk],
            is_new=created[pk] > oldest_new,
            times=week.shown.get(pk, 0),
            free_hours=_free_hours([week.fills[one] for one in given[pk] if one in week.fills]),
        )
        for pk in sorted(partners)
    ]


def _free_hours(fills: list) -> float:  # type: ignore[type-arg]
    return round(sum(max(each.offered_seconds - each.taken_seconds, 0) for each in fills) / HOUR, 1)
