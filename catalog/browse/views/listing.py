"""The listing: all of it, one category of it, or what a question finds."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.search.words import asks_for_help_now
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import Answer
from marketplace.safeguarding.gate.services import screen

from ..filters import Filters, filters_from
from ..middleware import may_be_shared
from ..rendering.pages import listing_page
from ..selectors.categories import CategoryNode, category_nodes
from ..selectors.families import children_to_look_for
from ..selectors.listings import shanghai_today
from ..selectors.saved import saved_ids
from ..shown import mark_shown

_RESULTS = "results"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show everything, or what is asked and chosen."""
    return _show(request, filters_from(request.GET), None)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one category and nothing else."""
    node = next((node for node in category_nodes() if node.slug == slug), None)
    if node is None:
        raise Http404
    return _show(request, replace(filters_from(request.GET), category=node.pk), node)


def _show(request: HttpRequest, filters: Filters, node: CategoryNode | None) -> HttpResponse:
    now = timezone.now()
    children = children_to_look_for(request.user)
    child = next((child for child in children if str(child.public_id) == filters.child), None)
    age = child.age(shanghai_today(now)) if child else None
    filters = replace(filters, child=str(child.public_id) if child else "", age=age)
    is_part = _asks_for_part(request)
    shows_shelves = node is None and not filters.is_narrowed and filters.page == 1 and not is_part
    saved = saved_ids(request.user) if request.user.is_authenticated else None
    listing = listing_page(filters, now=now, node=node, child=child, with_shelves=shows_shelves, saved=saved)
    context = {
        "filters": filters,
        "listing": listing,
        "node": node,
        "heading": node.label if node else _("找服务"),
        "children": children,
        "child": child,
        "gate": _answer_of_gate(request, filters.question),
    }
    response = render(request, "browse/_answer.html" if is_part else "browse/listing.html", context)
    mark_shown(response, listing.products)
    if is_part:
        response["HX-Push-Url"] = f"{request.path}{filters.query().rstrip('?')}"
    if not filters.question:
        may_be_shared(response)
    return response


def _answer_of_gate(request: HttpRequest, question: str) -> Answer | None:
    """What the gate says to a question, read once and not kept; a short list of words always brings the numbers."""
    if not question or request.method != "GET":
        return None
    author = request.user if request.user.is_authenticated else None
    answer = screen(text=question, source=Source.SEARCH, author=author)
    return replace(answer, card=True) if asks_for_help_now(question) else answer


def _asks_for_part(request: HttpRequest) -> bool:
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and htmx.target == _RESULTS and not htmx.history_restore_request
