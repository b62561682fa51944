"""The library's home, what a search or a choice finds, and collections."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.services import screen

from ..enums import Kind, Skill
from ..models import Collection
from ..reading.bands import band_of_reader, keep_band
from ..selectors.finding import FACETS, PAGE_SIZE, Choice, find_items, items_in_order
from ..selectors.keeping import begun_courses, saved_keys
from ..selectors.shelves import items_of, picks_of_the_day, shown_collections
from ..services.reaching import HOME, count_shown

QUESTION_LENGTH = 60
_NAMES: dict[str, dict[str, Any]] = {
    "need": dict(Need.choices),
    "band": dict(AgeBand.choices),
    "kind": dict(Kind.choices),
    "skill": dict(Skill.choices),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The library's home; with a question or a choice in the address, what it finds."""
    count_shown(HOME)
    choice = choice_of(request)
    if choice.is_empty or _is_only_band(request, choice):
        return _start(request)
    return _results(request, choice)


def _is_only_band(request: HttpRequest, choice: Choice) -> bool:
    """Choosing for whom one reads stays on the home; `all` asks for the whole list."""
    return "all" not in request.GET and not choice.question and {facet for facet, _ in choice.values} == {"band"}


def choice_of(request: HttpRequest) -> Choice:
    """Read what was asked for from the address; what nobody can mean is left out."""
    values = []
    for facet in FACETS:
        value = request.GET.get(facet, "")
        known = _NAMES.get(facet)
        is_known = value in known if known is not None else _is_plain(facet, value)
        if value and is_known:
            values.append((facet, value))
    return Choice(question=request.GET.get("q", "").strip()[:QUESTION_LENGTH], values=tuple(values))


def _is_plain(facet: str, value: str) -> bool:
    return value in {str(grade) for grade in range(1, 13)} if facet == "grade" else 0 < len(value) <= 20


def _start(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("band")
    band = AgeBand(asked) if asked in AgeBand.values else None
    if asked is None:
        band = band_of_reader(request)
    collections = shown_collections(band)
    context = {
        "band": band,
        "bands": AgeBand.choices,
        "needs": Need.choices,
        "kinds": Kind.choices,
        "collections": collections,
        "shelves": items_of(collections),
        "picks": picks_of_the_day(band, timezone.localdate()),
        "begun": begun_courses(request.user),
        "saved": saved_keys(request.user),
    }
    response = render(request, "content/home.html", context)
    if asked is not None:
        keep_band(response, asked)
    return response


def _results(request: HttpRequest, choice: Choice) -> HttpResponse:
    found = find_items(choice)
    page = Paginator(found.ids, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "choice": choice,
        "total": len(found.ids),
        "page_obj": page,
        "items": items_in_order(list(page.object_list)),
        "facets": list(_facets(choice, found.counts)),
        "chips": list(_chips(choice)),
        "saved": saved_keys(request.user),
        "answer": _answer(request, choice.question),
        "heading": _NAMES["need"].get(choice.of("need"), _("找到的内容")) if not choice.question else _("找到的内容"),
    }
    return render(request, "content/results.html", context)


def _answer(request: HttpRequest, question: str) -> Any:
    """Let the gate read a question: whoever may be in danger sees the numbers first."""
    if not question:
        return None
    author = request.user if request.user.is_authenticated else None
    return screen(text=question, source=Source.SEARCH, author=author)


_LEGENDS = {
    "need": lambda: _("方向"),
    "band": lambda: _("谁来读"),
    "kind": lambda: _("类型"),
    "skill": lambda: _("练哪样本领"),
    "grade": lambda: _("年级"),
    "subject": lambda: _("学科"),
}


def _facets(choice: Choice, counts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each facet with its options as components/facet_group.html takes them; an empty facet is left out."""
    for facet in FACETS:
        named = _NAMES.get(facet) or {value: _label(facet, value) for value in sorted(counts[facet], key=_in_order)}
        options = [
            {"value": value, "label": label, "count": counts[facet][value], "checked": choice.of(facet) == value}
            for value, label in named.items()
            if counts[facet][value] or choice.of(facet) == value
        ]
        if options:
            nothing = {"value": "", "label": _("都可以"), "count": None, "checked": not choice.of(facet)}
            yield {"name": facet, "legend": _LEGENDS[facet](), "options": [nothing, *options]}


def _in_order(value: str) -> tuple[int, str]:
    return (int(value), "") if value.isdigit() else (0, value)


def _label(facet: str, value: str) -> str:
    return _("%(grade)s 年级") % {"grade": value} if facet == "grade" else value


def _chips(choice: Choice) -> Iterator[tuple[str, str]]:
    """Yield each choice with the facet it takes away."""
    for facet, value in choice.values:
        yield str(_NAMES.get(facet, {}).get(value) or _label(facet, value)), facet


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection, whole and in its order."""
    found = get_object_or_404(Collection, slug=slug)
    items = items_of([found])[found.pk]
    context = {"collection": found, "items": items, "saved": saved_keys(request.user)}
    return render(request, "content/collection.html", context)
