"""The diary: writing, reading one's own, and whether the gate reads along."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.families.models import Child

from ..diary_access import keeper_required
from ..forms.diary import PageForm
from ..models import DiaryEntry
from ..selectors import diary as selectors
from ..services import diary as services
from .moods import card_for

PAGE_SIZE = 10


@never_cache
@require_GET
@keeper_required
def index(request: HttpRequest, *, child: Child) -> HttpResponse:
    """One's own pages, the latest day on top."""
    page = Paginator(selectors.pages_of(child), PAGE_SIZE).get_page(request.GET.get("page"))
    prefetch_keys(list(page))
    context = {"page_obj": page, "is_read_along": selectors.wants_reading_along(child)}
    return render(request, "wellbeing/diary/index.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@keeper_required
def write(request: HttpRequest, *, child: Child) -> HttpResponse:
    """Write a new page."""
    form = PageForm(request.POST or None, initial={"about_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            written = services.write_page(
                child=child, text=form.cleaned_data["text"], about_on=form.cleaned_data["about_on"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("写好了，只有你看得到。"))
            return redirect("wellbeing:diary_page", written.page.public_id)
    return render(request, "wellbeing/diary/write.html", _form_context(form, child))


@never_cache
@require_GET
@keeper_required
def page(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """One page, and whom it is shown to."""
    found = _own(child, public_id)
    context = {"page": found, "shares": found.shown_now, "answer": card_for(found.text, child)}
    return render(request, "wellbeing/diary/page.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@keeper_required
def edit(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Change a page."""
    found = _own(child, public_id)
    initial = {"text": found.text, "about_on": found.about_on, "revision": found.revision}
    form = PageForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_page(
                child=child,
                public_id=public_id,
                text=form.cleaned_data["text"],
                revision=form.cleaned_data["revision"] or 0,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("改好了。"))
            return redirect("wellbeing:diary_page", public_id)
    return render(request, "wellbeing/diary/write.html", _form_context(form, child) | {"page": found})


@never_cache
@require_POST
@keeper_required
def forget(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Delete a page."""
    _own(child, public_id)
    services.forget_page(child=child, public_id=public_id)
    messages.success(request, _("这一页删掉了。"))
    return redirect("wellbeing:diary")


@never_cache
@require_http_methods(["GET", "POST"])
@keeper_required
def forget_all(request: HttpRequest, *, child: Child) -> HttpResponse:
    """Ask once, then delete the diary."""
    if request.method == "POST":
        services.forget_all_pages(child=child)
        messages.success(request, _("整本日记都删掉了。"))
        return redirect("wellbeing:diary")
    return render(request, "wellbeing/diary/forget.html")


@never_cache
@require_POST
@keeper_required
def choose(request: HttpRequest, *, child: Child) -> HttpResponse:
    """Switch the gate's reading along on or off."""
    wants = request.POST.get("read_along") == "yes"
    services.choose_read_along(child=child, wants=wants)
    messages.success(request, _("打开了。以后写的会先读一遍。") if wants else _("关掉了。你写的没有谁会读。"))
    return redirect("wellbeing:diary")


def _own(child: Child, public_id: UUID) -> DiaryEntry:
    found = selectors.page_of(child, public_id)
    if found is None:
        raise Http404
    return found


def _form_context(form: PageForm, child: Child) -> dict[str, Any]:
    return {"form": form, "is_read_along": selectors.wants_reading_along(child)}
