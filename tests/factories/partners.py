from collections.abc import Iterable
from datetime import time
from typing import Any

from catalog.catalogue.models import Category
from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from catalog.scheduling.enums import Mode, Weekday
from catalog.scheduling.models import Location, Provider, WeeklyAvailability

from .counting import next_number

#: (weekday, from, to) in local time.
Hours = tuple[int, time, time]
EVERY_DAY: tuple[Hours, ...] = tuple((day, time(9), time(18)) for day in Weekday.values)


def make_partner(
    *, name: str = "", organisation_type: OrganisationType = OrganisationType.CLINIC, **fields: Any
) -> Partner:
    number = next_number()
    return Partner.objects.create(
        name=name or f"机构{number}", code=f"partner-{number}", organisation_type=organisation_type, **fields
    )


def make_location(partner: Partner, **fields: Any) -> Location:
    return Location.objects.create(
        partner=partner, **{"name": "咨询室", "address": "示例路 1 号", "district": "示例区"} | fields
    )


def make_provider(
    *,
    partner: Partner | None = None,
    weekly: Iterable[Hours] = EVERY_DAY,
    needs: Iterable[Category] = (),
    **fields: Any,
) -> Provider:
    """Someone who gives care, working every day from 9 to 18 unless `weekly` says otherwise (`weekly=()` never)."""
    provider = Provider.objects.create(
        partner=partner or make_partner(), **{"name": f"咨询师{next_number()}", "languages": ["普通话"]} | fields
    )
    WeeklyAvailability.objects.bulk_create(
        WeeklyAvailability(
            provider=provider,
            weekday=weekday,
            from_time=start,
            to_time=end,
            modes=[str(mode) for mode in Mode],
        )
        for weekday, start, end in weekly
    )
    provider.needs.set(needs)
    return provider
