"""Which listings, in which order: one WHERE and one ORDER BY over one table."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from modelsearch.backends import get_search_backend

from marketplace.core.formatting import SHANGHAI

from ..enums import HOURS, FacetGroup, Sort, When
from ..filters import Filters, facet_prefix
from ..models import Listing, facet_token

#: How many days ahead 可约时间 looks; `Listing.free_on` holds as many.
DAYS_AHEAD = 7
#: Where a school day's hours lie: free times outside them can be asked for by themselves.
BEFORE_SCHOOL_HOUR = 8
AFTER_SCHOOL_HOUR = 17
#: The column of days with a free time in these hours.
_DAYS_OF = {When.BEFORE_SCHOOL: "before_school_on", When.AFTER_SCHOOL: "after_school_on"}
#: A question finds so many listings at most, the best first: nobody reads on, and facets need them all in hand.
MOST_FOUND = 1000

_ORDERS = {
    Sort.RECOMMENDED: ("rank", "-product_id"),
    Sort.SOONEST: (F("earliest_at").asc(nulls_last=True), "rank", "-product_id"),
    Sort.CHEAPEST: (F("price_fen").asc(nulls_last=True), "rank", "-product_id"),
    Sort.DEAREST: (F("price_fen").desc(nulls_last=True), "rank", "-product_id"),
}


def shanghai_today(now: datetime | None = None) -> date:
    """Return the date in Shanghai."""
    return (now or timezone.now()).astimezone(SHANGHAI).date()


def weekend_days(today: date) -> list[date]:
    """Return what is left of this week's Saturday and Sunday."""
    saturday = today + timedelta(days=5 - today.weekday())
    return [day for day in (saturday, saturday + timedelta(days=1)) if day >= today]


def when_condition(values: Sequence[str], today: date) -> Q:
    """Return the condition of 可约时间: days add up (today or the weekend), hours add up and narrow those days."""
    days = sorted(_days_asked_for(values, today))
    columns = [column for hours, column in _DAYS_OF.items() if hours in values] or ["free_on"]
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__overlap": days})
    return condition


def is_asked_for(start: datetime, values: Sequence[str], today: date) -> bool:
    """Whether a start (in Shanghai's time) is one that 可约时间 asks for; any is when nothing is chosen."""
    if not values:
        return True
    return _is_in_hours(start.hour, values) and start.date() in _days_asked_for(values, today)


def _is_in_hours(hour: int, values: Sequence[str]) -> bool:
    if HOURS.isdisjoint(values):
        return True
    is_early = When.BEFORE_SCHOOL in values and hour < BEFORE_SCHOOL_HOUR
    return is_early or (When.AFTER_SCHOOL in values and hour >= AFTER_SCHOOL_HOUR)


def _days_asked_for(values: Sequence[str], today: date) -> set[date]:
    days = {today} if When.TODAY in values else set()
    days |= set(weekend_days(today)) if When.WEEKEND in values else set()
    return days or {today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)}


def group_condition(group: FacetGroup, values: Sequence[str], today: date) -> Q:
    """Return the condition of one facet group: any of its values."""
    if group is FacetGroup.WHEN:
        return when_condition(values, today)
    prefix = facet_prefix(group)
    return Q(facets__overlap=[facet_token(prefix, value) for value in values])


def listings(
    filters: Filters, *, today: date, found: Sequence[int] | None = None, but: FacetGroup | None = None
) -> QuerySet[Listing]:
    """Return the listings that match, in no order; `found` are the search's, `but` leaves one group's choice out."""
    rows = Listing.objects.filter(is_shown=True)
    if filters.category is not None:
        rows = rows.filter(facets__contains=[facet_token("c", filters.category)])
    if filters.age is not None:
        rows = rows.filter(age_from__lte=filters.age, age_to__gte=filters.age)
    for group, values in filters.chosen:
        if group is not but:
            rows = rows.filter(group_condition(group, values, today))
    return rows if found is None else rows.filter(pk__in=found)


def listing_ids(filters: Filters, *, today: date, offset: int, count: int) -> list[int]:
    """Return the product ids of a stretch of the ordered listing."""
    ordered = listings(filters, today=today).order_by(*_ORDERS[filters.sort])
    return list(ordered.values_list("pk", flat=True)[offset : offset + count])


def found_listing_ids(filters: Filters, *, today: date, found: Sequence[int]) -> list[int]:
    """Return the product ids of all listings that match among those found; best first unless another order is chosen."""
    matching = listings(filters, today=today, found=found)
    if filters.sort:
        return list(matching.order_by(*_ORDERS[filters.sort]).values_list("pk", flat=True))
    kept = set(matching.values_list("pk", flat=True))
    return [pk for pk in found if pk in kept]


def search_listings(question: str) -> list[int]:
    """Return the product ids a question finds, best first: those with all its words, else those with any.

    The filters come afterwards, on the ORM: the search's own filters know neither arrays nor relations.
    """
    for operator in ("and", "or"):
        matching = get_search_backend().search(question, Listing.objects.all(), operator=operator).get_queryset()
        if ids := list(matching.filter(is_shown=True).values_list("pk", flat=True)[:MOST_FOUND]):
            return ids
    return []
