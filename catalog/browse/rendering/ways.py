"""Other ways to take a free time than once and for one child: what a product's page leads to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.catalogue.enums import ProductKind
from catalog.scheduling.models import HealthcareService

from ..selectors.weeks import FreeTime


@dataclass(frozen=True, slots=True)
class Way:
    """A line of the list: what it is for, and where it begins."""

    icon: str
    title: str
    text: str
    action: str
    href: str


def ways_to_take(service: HealthcareService, *, kind: str, providers: int, free: Sequence[FreeTime]) -> list[Way]:
    """Return the ways this service offers, each beginning with the first of `free`; none where nothing is free."""
    if not free:
        return []
    query = free[0].href.partition("?")[2]
    is_group = kind == ProductKind.GROUP
    ways = []
    if not is_group and service.series_limit > 1:
        text = _("先看清每一次的日期，哪次不合适就换，再一起保留。")
        ways.append(_way("calendar", _("固定时间，多约几次"), text, _("约一个系列"), "basket:series", query))
    if is_group:
        text = _("孩子和家长的名额一起保留。") if service.admits_guardian else _("几个孩子的名额一起保留。")
        ways.append(_way("people", _("想一起来"), text, _("一起报名"), "basket:together", query))
    elif providers > 1:
        text = _("每个孩子各有一位咨询师：都约上，或都不约。")
        ways.append(_way("people", _("几个孩子同一时间"), text, _("一起约"), "basket:together", query))
    return ways


def _way(icon: str, title: str, text: str, action: str, name: str, query: str) -> Way:
    return Way(icon, title, text, action, f"{reverse(name)}?{query}")
