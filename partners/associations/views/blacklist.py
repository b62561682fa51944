"""An association's blacklist."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from catalog.partner.models import Partner
from catalog.standing import services
from catalog.standing.matching import providers_named
from catalog.standing.models import BlacklistEntry
from marketplace.core.errors import Refusal

from ..access import association_view
from ..forms import EntryForm, FileForm, ReasonsForm

PAGE_SIZE = 30


@require_http_methods(["GET", "POST"])
@never_cache
@association_view
def index(request: HttpRequest, body: Partner) -> HttpResponse:
    """The list, and a name more."""
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.blacklist(body=body, noted_by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已经列入。能确定是谁的，马上停止；不能确定的，等你确认。"))
            return redirect("associations:blacklist")
    return _page(request, body, form, FileForm())


@require_POST
@association_view
def take_in(request: HttpRequest, body: Partner) -> HttpResponse:
    """Take in a table of names."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            found = services.import_blacklist(
                body=body, content=form.cleaned_data["file"].read(2_000_001), imported_by=request.user
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("新增 %(new)d 个，本来就有 %(known)d 个，马上停止 %(stopped)d 个。")
            counts = {"new": found.new, "known": found.known, "stopped": found.stopped}
            messages.success(request, words % counts)
            if found.left_out:
                lines = _("、").join(str(number) for number, _why in found.left_out[:20])
                messages.warning(
                    request, _("第 %(lines)s 行没有导入：缺名称，理由不到十个字，或者日期不对。") % {"lines": lines}
                )
            return redirect("associations:blacklist")
    return _page(request, body, EntryForm(), form)


def _page(request: HttpRequest, body: Partner, form: EntryForm, file_form: FileForm) -> HttpResponse:
    rows = BlacklistEntry.objects.filter(body=body, ended_at=None).select_related("withholding")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    named = providers_named({row.name for row in page if row.withholding_id is None})
    context = {
        "body": body,
        "page": "blacklist",
        "form": form,
        "file_form": file_form,
        "rows": page,
        "entries": [(row, [] if row.withholding_id else named.get(row.name, [])) for row in page],
    }
    errors = form.errors or file_form.errors
    return render(request, "associations/blacklist.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@association_view
def end(request: HttpRequest, body: Partner, public_id: UUID) -> HttpResponse:
    """Take a name off the list."""
    entry = get_object_or_404(BlacklistEntry, public_id=public_id, body=body)
    form = ReasonsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_entry(entry=entry, ended_by=request.user, because=form.cleaned_data["reasons"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已经从名单里拿掉。"))
            return redirect("associations:blacklist")
    context = {
        "body": body,
        "page": "blacklist",
        "form": form,
        "title": _("把「%(name)s」从名单里拿掉") % {"name": entry.name},
        "text": _("被停止的，马上又可以预约。"),
        "button": _("拿掉"),
    }
    return render(request, "associations/form.html", context, status=422 if form.errors else 200)


@require_POST
@association_view
def means(request: HttpRequest, body: Partner, public_id: UUID) -> HttpResponse:
    """Say which provider of that name is meant."""
    entry = get_object_or_404(BlacklistEntry, public_id=public_id, body=body, ended_at=None)
    wanted = request.POST.get("provider", "")
    provider = next(
        (each for each in providers_named({entry.name}).get(entry.name, []) if str(each.public_id) == wanted), None
    )
    if provider is None:
        messages.warning(request, _("没有找到这个人。"))
        return redirect("associations:blacklist")
    try:
        services.say_who_is_meant(entry=entry, provider=provider, said_by=request.user)
        messages.success(request, _("已经停止。"))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("associations:blacklist")
