"""Pictures of cards for everybody; packages for our editors."""

import hashlib

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.errors import Refusal

from ..models import SharedCopy
from .forms import ShareForm, TakeInForm
from .packages import MOST_BYTES
from .pictures import share_picture
from .services import share_item, take_in
from .things import shared_at

PAGE_SIZE = 20
_KEPT_SECONDS = 24 * 60 * 60


@require_safe
def picture(request: HttpRequest, sort: str, slug: str) -> HttpResponse:
    """The picture of a card, gone with its page: whoever keeps a copy asks each time whether it still is."""
    found = shared_at(sort, slug) if sort in ("item", "talk") else None
    if found is None:
        raise Http404
    words = "\x1f".join((get_language() or "", found.title, found.line, found.foot, found.url))
    digest = hashlib.sha256(words.encode()).hexdigest()
    headers = {"Cache-Control": "public, no-cache", "ETag": f'"{digest}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    key = f"share-card:{digest}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = share_picture(title=found.title, line=found.line, foot=found.foot, link=found.url)
        cache.set(key, drawn, _KEPT_SECONDS)
    return HttpResponse(drawn, content_type="image/png", headers=headers)


@never_cache
@require_safe
@duty_required(Duty.CONTENT)
def desk(request: HttpRequest) -> HttpResponse:
    """Copies that went out and came in, and the forms for one more."""
    return _desk_page(request, ShareForm(), TakeInForm())


def _desk_page(request: HttpRequest, share_form: ShareForm, take_form: TakeInForm, status: int = 200) -> HttpResponse:
    page = Paginator(SharedCopy.objects.select_related("page"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "share_form": share_form, "take_form": take_form}
    return render(request, "content/sharing/desk.html", context, status=status)


@require_POST
@duty_required(Duty.CONTENT)
def share(request: HttpRequest) -> HttpResponse:
    """Hand out a package."""
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _desk_page(request, form, TakeInForm(), status=400)
    item = form.cleaned_data["item"]
    try:
        _copy, package = share_item(item=item, holder_name=form.cleaned_data["holder_name"], made_by=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("sharing:desk")
    headers = {"Content-Disposition": f'attachment; filename="xinqiao-{item.slug}.zip"'}
    return HttpResponse(package, content_type="application/zip", headers=headers)


@require_POST
@duty_required(Duty.CONTENT)
def bring(request: HttpRequest) -> HttpResponse:
    """Take a package in: it becomes a draft that waits for review."""
    form = TakeInForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["package"].size > MOST_BYTES:
        return _desk_page(request, ShareForm(), form, status=400)
    try:
        copy = take_in(package=form.cleaned_data["package"].read(), made_by=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("sharing:desk")
    messages.success(request, _("收进来了，是一份草稿。由这里的专业审核人看过才会发布。"))
    return redirect("wagtailadmin_pages:edit", copy.page_id)
