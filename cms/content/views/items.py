"""One item: its page, printed, as PDF, saved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..enums import Kind
from ..models import Item
from ..reading.parts import class_parts, closing_help, shown_parts
from ..reading.pdf import item_pdf
from ..selectors.keeping import (
    begun_courses,
    certificate_of,
    certificates_of,
    has_finished,
    progress_of,
    saved_items,
    saved_keys,
)
from ..selectors.library import item_for_reader, read_next
from ..services.certifying import gives_certificate
from ..services.keeping import drop_item, save_item
from ..services.reaching import count_shown

#: Kinds that somebody hangs up, hands out or takes along.
PRINTED_KINDS = (Kind.GUIDE, Kind.ROLE_GUIDE, Kind.CLASS_PACK, Kind.COURSE, Kind.EXERCISE)
#: Kinds a teacher works with in class.
CLASS_KINDS = (Kind.CLASS_PACK, Kind.COURSE)


def item_or_404(slug: str) -> Item:
    """Return what everybody may read under this address.

    Raises:
        Http404: nothing is, or not yet.
    """
    item = item_for_reader(slug)
    if item is None:
        raise Http404
    return item


def frame(item: Item) -> dict[str, Any]:
    """Return what every page of an item shows around it."""
    return {
        "item": item,
        "help": closing_help(item.body),
        "is_foreign": item.locale.language_code != get_language(),
        "review_is_over": item.is_review_expired(timezone.localdate()),
        "can_print": item.kind in PRINTED_KINDS,
        "for_class": item.kind in CLASS_KINDS and item.grade_from is not None,
    }


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """An item to read, or the way into a course."""
    item = item_or_404(slug)
    count_shown(item.kind)
    saved = saved_keys(request.user)
    context = frame(item) | {
        "parts": shown_parts(item.body, request.GET),
        "related": read_next(item),
        "saved": saved,
        "is_saved": item.translation_key in saved,
    }
    if item.kind != Kind.COURSE:
        return render(request, "content/item.html", context)
    progress = progress_of(request.user, item)
    context |= {
        "lessons": list(enumerate(item.lessons, start=1)),
        "progress": progress,
        "next_lesson": progress.next_lesson(len(item.lessons)),
        "has_finished": has_finished(progress, item),
        "gives_certificate": gives_certificate(item),
        "certificate": certificate_of(request.user, item),
    }
    return render(request, "content/course.html", context)


@require_safe
def printed(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole item on one page, to print or to show on the wall of a classroom."""
    item = item_or_404(slug)
    lessons = [(n, lesson, shown_parts(lesson["parts"], {})) for n, lesson in enumerate(item.lessons, start=1)]
    context = frame(item) | {"parts": shown_parts(item.body, {}, for_class=True), "lessons": lessons}
    return render(request, "content/print.html", context)


@require_safe
def for_class(request: HttpRequest, slug: str) -> HttpResponse:
    """What a teacher needs to use it in class: the link to give out, pre-work and activities lesson by lesson."""
    item = item_or_404(slug)
    context = frame(item)
    if not context["for_class"]:
        raise Http404
    context |= {
        "link": request.build_absolute_uri(item.url),
        "lessons": [(n, lesson, class_parts(lesson)) for n, lesson in enumerate(item.lessons, start=1)],
        "parts": shown_parts(item.body, {}, for_class=True),
    }
    return render(request, "content/for_class.html", context)


@require_safe
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The item as a PDF file, with its version and who reviewed it."""
    item = item_or_404(slug)
    if item.kind not in PRINTED_KINDS:
        raise Http404
    response = HttpResponse(item_pdf(item), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{item.slug}-v{item.version}.pdf"'
    return response


@require_POST
@login_required
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Save an item, or take it back; htmx gets the button as it is now."""
    item = item_or_404(slug)
    is_saved = "drop" not in request.POST
    (save_item if is_saved else drop_item)(user=request.user, item=item)  # type: ignore[arg-type]
    if request.headers.get("HX-Request"):
        return render(request, "content/_save.html", {"item": item, "is_saved": is_saved})
    messages.success(request, _("已收藏。") if is_saved else _("已从收藏里拿掉。"))
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else item.url)


@never_cache
@require_safe
@login_required
def saved(request: HttpRequest) -> HttpResponse:
    """What somebody saved, the courses they are in, their certificates."""
    context = {
        "items": saved_items(request.user),
        "begun": begun_courses(request.user, limit=20),
        "certificates": certificates_of(request.user),
        "saved": saved_keys(request.user),
    }
    return render(request, "content/saved.html", context)
