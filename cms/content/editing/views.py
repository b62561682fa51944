"""Our own page in Wagtail's editor."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from . import selectors

PAGE_SIZE = 50


def reviews(request: HttpRequest) -> HttpResponse:
    """Items to be read again, those that were never read, and what was sent in: what an editor begins the day with."""
    today = timezone.localdate()
    page = Paginator(selectors.items_to_review_again(today), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("审核"),
        "header_title": _("审核"),
        "header_icon": "glasses",
        "page_obj": page,
        "rows": [(item, item.is_review_expired(today)) for item in page],
        "drafts": selectors.unreviewed_drafts()[:PAGE_SIZE],
    }
    return render(request, "content/editor/reviews.html", context)
