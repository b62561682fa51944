"""Cards of listings: what does not depend on the person who looks, free times included.

A card is kept under the version its row had when it was made, and the rows' versions are read each time: a time that is
taken or passes gives the row another version, so a kept card never shows what its row no longer says.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from hashlib import blake2s
from typing import Any
from uuid import UUID

from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.formatting import clock_text, day_text, in_shanghai
from marketplace.core.queries import CompiledQuery

from ..caching import fragments, keep_fragments
from ..models import Listing
from ..selectors.listings import is_asked_for, shanghai_today

_INDENTATION = re.compile(r"\s*\n\s*")
_TEMPLATE = "browse/card.html"
_PARTS = (_TEMPLATE, "browse/_heart.html")
_TIMES_STAND_HERE = "<!-- times -->"
#: Times on a card: of the first free day, and of the next one too where the first has few.
_TIMES = 4
_DAYS = 2
_FEW = 2

#: Product id -> (version, html), as a page keeps its cards together.
KeptCards = dict[int, tuple[str, str]]


def cards(
    product_ids: Sequence[int], *, now: datetime, kept: KeptCards | None = None, when: Sequence[str] = ()
) -> KeptCards:
    """Return the cards of these listings in their order; those that are no longer shown are left out.

    With `when`, what 可约时间 asks for, they show free times in that window only.

    One query for the versions; one more for cards that have changed since anybody looked at them. Cards in `kept` are
    taken as they are when their version is still the row's.
    """
    kept = kept or {}
    versions = _versions(product_ids)
    wanting = {pk: version for pk, version in versions.items() if pk not in kept or kept[pk][0] != version}
    made = _cards(wanting, now, when) if wanting else {}
    return {
        pk: (versions[pk], made[pk]) if pk in made else kept[pk]
        for pk in product_ids
        if pk in versions and (pk in made or pk in kept)
    }


_shown_versions = CompiledQuery(
    lambda ids: Listing.objects.filter(pk__in=ids, is_shown=True).values_list("pk", "card_version")
)


def _versions(product_ids: Sequence[int]) -> dict[int, str]:
    return dict(_shown_versions.rows(list(product_ids))) if product_ids else {}  # type: ignore[arg-type]


def _cards(versions: dict[int, str], now: datetime, when: Sequence[str]) -> dict[int, str]:
    window = f"{'+'.join(sorted(when))}@{in_shanghai(now):%m%d}" if when else ""
    stem = f"browse:card:{_design()}:{get_language()}:{window}"
    keys = {pk: f"{stem}:{pk}:{version}" for pk, version in versions.items()}
    found: dict[str, str] = fragments(keys.values())
    missing = [pk for pk, key in keys.items() if key not in found]
    if missing:
        made = {keys[pk]: _card(pk, card, free) for pk, card, free in _contents(missing, now, when)}
        keep_fragments(made)
        found |= made
    return {pk: found[key] for pk, key in keys.items() if key in found}


#: A free time in Shanghai, and the group session it is of.
_Free = tuple[datetime, UUID | None]


def _contents(
    product_ids: Sequence[int], now: datetime, when: Sequence[str]
) -> Iterable[tuple[int, dict[str, Any], list[_Free]]]:
    today = shanghai_today(now)
    rows = Listing.objects.filter(pk__in=product_ids).values_list("pk", "card", "next_starts", "next_sessions")
    for pk, card, starts, sessions in rows:
        places: Sequence[UUID | None] = sessions or [None] * len(starts)
        times = zip(map(in_shanghai, starts), places, strict=True)
        yield pk, card, [(at, place) for at, place in times if at > now and is_asked_for(at, when, today)]


@cache
def _design() -> str:
    """A name for the templates as they stand in this release, so that new ones are seen at once."""
    source = "".join(get_template(name).template.source for name in _PARTS)  # type: ignore[attr-defined]
    return blake2s(source.encode(), digest_size=4).hexdigest()


def _card(pk: int, card: dict[str, Any], free: Sequence[_Free]) -> str:
    href = reverse("browse:product", kwargs={"slug": card["slug"], "pk": pk})
    context = {"pk": pk, "card": card, "href": href, "is_english": _is_english()}
    html = unindented(get_template(_TEMPLATE).render(context))
    before, _found, after = html.partition(_TIMES_STAND_HERE)
    address = _address(card)
    return f"{before}{_times(address, free) if address else ''}{after}"


def unindented(html: str) -> str:
    """Return what a template rendered without the template's indentation: a third less to keep and to send."""
    return _INDENTATION.sub("\n", html)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _address(card: dict[str, Any]) -> str:
    """The address of a time without its start; empty where nothing is booked."""
    if not card["service"] or card["is_coming"]:
        return ""
    return escape(f"{reverse('basket:choose')}?service={card['service']}&provider={card['provider_id']}")


def _times(address: str, free: Sequence[_Free]) -> str:
    """Write the times of the first free day, and of the second when the first has hardly any."""
    if not free:
        return f'<p class="small muted">{escape(_("近期没有空闲"))}</p>'
    html: list[str] = []
    days: list[date] = []
    for written, (start, session) in enumerate(free[:_TIMES]):
        if start.date() not in days:
            if written > _FEW or len(days) == _DAYS:
                break
            end = "</div>" if days else ""
            html.append(f'{end}<div class="small muted">{day_text(start)}</div><div class="slot-row">')
            days.append(start.date())
        place = f"&amp;occupancy={session}" if session else ""
        href = f"{address}&amp;start={start:%Y-%m-%dT%H:%M}%2B08:00{place}"
        html.append(f'<a class="slot" href="{href}" rel="nofollow">{clock_text(start)}</a>')
    return "".join((*html, "</div>"))
