"""Who could help with an activity: read from needs, hours, what is taken, and public prices."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from catalog.capacity.selectors import capacity_report
from catalog.catalogue.enums import SaleState
from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService, Provider
from catalog.scheduling.selectors import load_timetables
from catalog.scheduling.timetable import Timetable
from marketplace.core.money import fen_from_yuan

from .drafting import Candidate, Wish

_HOUR_MINUTES = 60


def candidates_for(need: str, wish: Wish, *, now: datetime | None = None) -> list[Candidate]:
    """Return everybody who works on this need, with when they are free, how full they are and what an hour costs."""
    now = now or timezone.now()
    people = list(
        Provider.objects.filter(is_active=True, withheld_at=None, needs__slug=need)
        .select_related("partner")
        .order_by("pk")
        .distinct()
    )
    if not people:
        return []
    ids = [each.pk for each in people]
    times = [time for time in wish.times() if time > now]
    tables = load_timetables(
        ids, begin=wish.starts_at - timedelta(days=1), end=wish.times()[-1] + timedelta(days=1), now=now
    )
    fills = _fill_percents({each.partner for each in people}, now)
    prices = _hourly_prices(ids)
    length = wish.ends_at - wish.starts_at
    return [
        Candidate(
            provider_id=each.pk,
            name=each.name,
            district=each.partner.district,
            has_need=True,
            fill_percent=fills.get(each.pk),
            hourly_fen=prices.get(each.pk),
            free_at=frozenset(time for time in times if _is_free(tables[each.pk], time, length)),
        )
        for each in people
    ]


def _is_free(table: Timetable, time: datetime, length: timedelta) -> bool:
    start, seconds = int(time.timestamp()), int(length.total_seconds())
    is_open = any(table.is_open(start, seconds, mode) for mode in Mode)
    return is_open and table.is_free(start, start + seconds)


def _fill_percents(partners: Collection[Partner], now: datetime) -> dict[int, int | None]:
    today = timezone.localdate(now)
    report = capacity_report(partners, monday=today - timedelta(days=today.weekday()), now=now)
    return {provider.pk: fill.percent for provider, fill in report.provider_rows}


def _hourly_prices(provider_ids: Collection[int]) -> dict[int, int]:
    """The lowest public price of an hour with each of them, in fen."""
    public = Product.objects.filter(is_public=True, sale_state=SaleState.ON_SALE)
    rows = (
        HealthcareService.objects.filter(providers__in=provider_ids, product__in=public)
        .order_by()
        .values_list("providers", "duration_minutes")
        .annotate(price=Min("product__stockrecords__price"))
    )
    found: dict[int, int] = {}
    for provider_id, minutes, price in rows:
        if price is None or provider_id not in provider_ids:
            continue
        hourly = fen_from_yuan(price) * _HOUR_MINUTES // minutes
        found[provider_id] = min(found.get(provider_id, hourly), hourly)
    return found
