"""Cards of listings. What is in a card is kept by language; its free times are put in fresh each time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from hashlib import blake2s
from typing import Any
from uuid import UUID

from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.formatting import clock_text, day_text, in_shanghai

from ..caching import fragments, keep_fragments
from ..models import Listing

_TEMPLATE = "browse/card.html"
_TIMES_STAND_HERE = "<!-- times -->"
#: Times on a card: of the first free day, and of the next one too where the first has few.
_TIMES = 4
_DAYS = 2
_FEW = 2

#: (html before the times, html after them, address of a time without its start; empty where nothing is booked)
Fragment = tuple[str, str, str]


def cards(product_ids: Sequence[int], *, now: datetime) -> list[SafeString]:
    """Return the cards of these listings in their order; those that are no longer shown are left out.

    One query for the times; one more for cards that have changed since they were last looked at.
    """
    rows = {row[0]: row for row in _rows(product_ids)}
    keys = {pk: f"browse:card:{_design()}:{get_language()}:{pk}:{row[1]}" for pk, row in rows.items()}
    kept: dict[str, Fragment] = fragments(keys.values())
    missing = [pk for pk, key in keys.items() if key not in kept]
    if missing:
        made = {keys[pk]: _fragment(pk, card) for pk, card in _contents(missing)}
        keep_fragments(made)
        kept |= made
    return [
        _card(kept[keys[pk]], rows[pk][2], rows[pk][3], now) for pk in product_ids if pk in rows and keys[pk] in kept
    ]


def _rows(product_ids: Sequence[int]) -> Iterable[tuple[int, str, list[datetime], list[UUID]]]:
    shown = Listing.objects.filter(pk__in=product_ids, is_shown=True)
    return shown.values_list("pk", "card_version", "next_starts", "next_sessions")


def _contents(product_ids: Sequence[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    return Listing.objects.filter(pk__in=product_ids).values_list("pk", "card")


@cache
def _design() -> str:
    """A name for the template as it stands in this release, so that a new one is seen at once."""
    source = get_template(_TEMPLATE).template.source  # type: ignore[attr-defined]
    return blake2s(source.encode(), digest_size=4).hexdigest()


def _fragment(pk: int, card: dict[str, Any]) -> Fragment:
    href = reverse("browse:product", kwargs={"slug": card["slug"], "pk": pk})
    html = get_template(_TEMPLATE).render({"card": card, "href": href, "is_english": _is_english()})
    before, _found, after = html.partition(_TIMES_STAND_HERE)
    return before, after, _address(card)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _address(card: dict[str, Any]) -> str:
    if not card["service"] or card["is_coming"]:
        return ""
    return escape(f"{reverse('basket:choose')}?service={card['service']}&provider={card['provider_id']}")


def _card(fragment: Fragment, starts: Sequence[datetime], sessions: Sequence[UUID], now: datetime) -> SafeString:
    before, after, address = fragment
    times = _times(address, starts, sessions, now) if address else ""
    return mark_safe(f"{before}{times}{after}")  # noqa: S308 - a rendered template around escaped addresses and clocks


def _times(address: str, starts: Sequence[datetime], sessions: Sequence[UUID], now: datetime) -> str:
    """Write the times of the first free day, and of the second when the first has hardly any."""
    free = [(in_shanghai(start), place) for place, start in enumerate(starts) if start > now]
    if not free:
        return f'<p class="small muted">{escape(_("近期没有空闲"))}</p>'
    html, written, days = [], 0, []
    for start, place in free[:_TIMES]:
        if start.date() not in days:
            if written > _FEW or len(days) == _DAYS:
                break
            html.append(f'{"</div>" if days else ""}<div class="small muted">{day_text(start)}</div><div class="slot-row">')
            days.append(start.date())
        session = f"&amp;occupancy={sessions[place]}" if sessions else ""
        moment = f"{start:%Y-%m-%dT%H:%M}%2B08:00"
        html.append(f'<a class="slot" href="{address}&amp;start={moment}{session}" rel="nofollow">{clock_text(start)}</a>')
        written += 1
    return "".join((*html, "</div>"))
