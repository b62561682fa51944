"""How long records are kept, for everybody to read; the reports and the holds, for whoever has privacy duty."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from . import selectors, services
from .forms import HoldForm
from .models import LegalHold, RetentionLine
from .registry import titles
from .services import Report

PAGE_SIZE = 10


@require_GET
def schedule(request: HttpRequest) -> HttpResponse:
    """The table of periods, with the reason and the law of each."""
    return render(request, "retention/schedule.html", {"rows": selectors.schedule_rows()})


@never_cache
@require_GET
@duty_required(Duty.PRIVACY)
def desk(request: HttpRequest) -> HttpResponse:
    """The last reports and what is held."""
    page = Paginator(selectors.finished_runs(), PAGE_SIZE).get_page(request.GET.get("page"))
    names = titles()
    runs = [{"run": run, **_named(run.lines.all(), names)} for run in page]
    holds = list(selectors.live_holds())
    prefetch_keys(holds)
    context = {"page_obj": page, "runs": runs, "holds": holds}
    return render(request, "retention/desk.html", context)


@never_cache
@require_GET
@duty_required(Duty.PRIVACY)
def dry_run(request: HttpRequest) -> HttpResponse:
    """What a run would do now."""
    lines = _named(services.preview(now=timezone.now()), titles())
    return render(request, "retention/dry_run.html", {**lines})


def _named(lines: Iterable[Report | RetentionLine], names: dict[str, Any]) -> dict[str, list[tuple[Any, Any]]]:
    """Return the lines with their names: those in which something was over, and the idle ones."""
    named = [(names.get(line.key, line.key), line) for line in lines]
    busy = [pair for pair in named if pair[1].found or getattr(pair[1], "error", "")]
    return {"lines": busy, "idle": [pair for pair in named if pair not in busy]}


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.PRIVACY)
def set_hold(request: HttpRequest) -> HttpResponse:
    """Keep everything about a person."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_hold(**form.cleaned_data, set_by=request.user)
            messages.success(request, _("已封存，到期清理和删除申请都会避开这个人的记录。"))
            return redirect("retention:desk")
        except Refusal as refusal:
            form.add_error("subject_id", str(refusal))
    return render(request, "retention/hold.html", {"form": form})


@require_POST
@duty_required(Duty.PRIVACY)
def release_hold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the periods count again."""
    hold = get_object_or_404(LegalHold, public_id=public_id)
    try:
        services.release_hold(hold_id=hold.pk, released_by=request.user)
        messages.success(request, _("已解除封存，下次清理时到期的记录会删除。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("retention:desk")
