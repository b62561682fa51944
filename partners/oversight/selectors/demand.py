"""Supply and demand of a week that is over: who asked for what and where, what was on offer, how long it took.

People are counted in the database and leave it as counts; small counts leave this module withheld.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, Value, When

from catalog.capacity.selectors import capacity_report
from catalog.capacity.weeks import HOUR, Fill
from catalog.catalogue.enums import ProductKind, SaleState
from catalog.partner.models import StockRecord
from catalog.scheduling.models import Booking, Provider
from catalog.waitlist.models import WaitlistEntry
from marketplace.core.age_bands import AgeBand
from marketplace.core.money import fen_from_yuan
from marketplace.core.needs import Need
from marketplace.core.suppression import SMALLEST_SHOWN, Suppressed, shown, suppressed

from ..sections import Cell, Figures, Section, section_of
from ..spans import Span

#: Hours of fewer providers than this could be somebody's working week.
FEWEST_PROVIDERS = 3
_NOWHERE = "elsewhere"
_PLACE = "occupancy__provider__partner__district"
_NEED = "service__product__needs__slug"


def week_figures(span: Span) -> Figures:
    """Return the tables of a week."""
    asked = _asked(span)
    by_need = suppressed(_table(asked.values_list(_NEED, _PLACE).annotate(n=Count("child", distinct=True))))
    fills = capacity_report(monday=span.from_on, now=span.ends_at).week.fills
    return Figures(
        [
            section_of("demand", by_need),
            section_of("ages", suppressed(_ages(asked, span))),
            _supply(fills),
            _shortage(by_need, span, fills),
            _waiting(asked, by_need),
            _prices(),
        ]
    )


def _asked(span: Span) -> Any:
    """Sessions that were asked for in the span, whatever became of them."""
    found = Booking.objects.filter(created_at__gte=span.begins_at, created_at__lt=span.ends_at)
    return found.filter(**{f"{_NEED}__in": Need.values}).order_by()


def _table(rows: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str], int]:
    return {(row, place or _NOWHERE): number for row, place, number in sorted(rows)}


def _ages(asked: Any, span: Span) -> dict[tuple[str, str], int]:
    born = "child__born_on__gt"
    band = Case(
        When(**{born: _years_before(span.until_on, 12)}, then=Value(AgeBand.CHILD.value)),
        When(**{born: _years_before(span.until_on, 15)}, then=Value(AgeBand.YOUNGER_TEEN.value)),
        default=Value(AgeBand.OLDER_TEEN.value),
        output_field=CharField(),
    )
    counted = asked.annotate(band=band).values_list("band", _PLACE).annotate(n=Count("child", distinct=True))
    return _table(counted)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)


def _supply(fills: dict[int, Fill]) -> Section:
    """Hours on offer and taken, by district."""
    hours: dict[str, list[Fill]] = defaultdict(list)
    for pk, district in Provider.objects.filter(pk__in=fills).values_list("pk", "partner__district"):
        hours[district or _NOWHERE].append(fills[pk])
    rows: list[list[Cell]] = []
    for district in sorted(hours):
        whole = sum(hours[district], Fill())
        told = len(hours[district]) >= FEWEST_PROVIDERS
        figures: list[Cell] = [round(whole.offered_hours), round(whole.taken_hours), whole.percent]
        rows.append([district, len(hours[district]), *(figures if told else [None] * 3)])
    return Section("supply", ["providers", "offered_hours", "taken_hours", "percent"], rows)


def _shortage(by_need: Suppressed, span: Span, fills: dict[int, Fill]) -> Section:
    """Where more children wait at the week's end than hours were left free in it."""
    waiting = _children_waiting(span.ends_at)
    free = _free_hours(fills)
    rows: list[list[Cell]] = []
    for need in Need.values:
        waits = waiting.get(need, 0)
        is_short = waits >= SMALLEST_SHOWN and waits > free.get(need, 0)
        asked = by_need.row_totals.get(need, 0)
        rows.append([need, asked, shown(waits), round(free.get(need, 0)), "short" if is_short else "enough"])
    return Section("shortage", ["asked", "waiting", "free_hours", "state"], rows)


def _children_waiting(at: datetime) -> dict[str, int]:
    slug = "service__product__needs__slug"
    waiting = WaitlistEntry.objects.filter(Q(ended_at=None) | Q(ended_at__gte=at), joined_at__lt=at).order_by()
    counted = waiting.filter(**{f"{slug}__in": Need.values}).values_list(slug)
    return dict(counted.annotate(n=Count("children", distinct=True)))


def _free_hours(fills: dict[int, Fill]) -> dict[str, float]:
    """Hours that nobody took, of everybody who helps with a need: one hour counts for each of them."""
    slug = "services__product__needs__slug"
    free: dict[str, float] = defaultdict(float)
    given = Provider.objects.filter(pk__in=fills, **{f"{slug}__in": Need.values}).order_by()
    for pk, need in given.values_list("pk", slug).distinct():
        free[need] += max(fills[pk].offered_seconds - fills[pk].taken_seconds, 0) / HOUR
    return free


def _waiting(asked: Any, by_need: Suppressed) -> Section:
    """Days from asking to the session, where enough children asked."""
    days: dict[str, list[float]] = defaultdict(list)
    for need, waited in asked.values_list(_NEED, F("starts_at") - F("created_at")):
        days[need].append(max(waited.total_seconds(), 0) / 86_400)
    rows: list[list[Cell]] = [
        [need, round(median(days[need]), 1) if by_need.row_totals.get(need) else None] for need in sorted(days)
    ]
    return Section("waiting", ["median_days"], rows)


def _prices() -> Section:
    """What things cost today, by kind; prices are public."""
    on_sale = StockRecord.objects.filter(product__is_public=True, product__sale_state=SaleState.ON_SALE)
    prices: dict[str, list[int]] = defaultdict(list)
    for kind, price in on_sale.order_by().values_list("product__kind", "price"):
        if price is not None:
            prices[kind].append(fen_from_yuan(price))
    rows: list[list[Cell]] = [
        [kind, len(prices[kind]), min(prices[kind]), round(median(prices[kind])), max(prices[kind])]
        for kind in ProductKind.values
        if prices.get(kind)
    ]
    return Section("prices", ["offers", "low_fen", "median_fen", "high_fen"], rows)
