"""Looking without consent, for somebody's safety: asked for, let through by a second person, reviewed by a third."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.consent import selectors, services
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.models import SafetyOverride
from marketplace.core.errors import Refusal
from marketplace.families.models import Child
from marketplace.families.selectors import guardians_of

from ..forms import OverrideForm, ReviewForm


@require_GET
@duty_required(Duty.SAFETY)
def overrides(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what waits for its review."""
    context = {
        "overrides": selectors.overrides_to_work_on(),
        "overdue": selectors.overdue_reviews(),
        "now": timezone.now(),
        "page": "overrides",
    }
    return render(request, "backoffice/overrides.html", context)


@require_http_methods(["GET", "POST"])
@duty_required(Duty.SAFETY)
def open_override(request: HttpRequest) -> HttpResponse:
    """Ask for a look at somebody's data."""
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        override = _opened(request, form)
        if override is not None:
            messages.success(request, _("已提出。需要另一位值守同事批准。"))
            return redirect("backoffice:override", override.public_id)
    return render(request, "backoffice/override_new.html", {"form": form, "page": "overrides"})


def _opened(request: HttpRequest, form: OverrideForm) -> SafetyOverride | None:
    chosen = dict(form.cleaned_data)
    child = Child.objects.filter(public_id=chosen.pop("child")).first()
    if child is None:
        form.add_error("child", _("没有这个编号。"))
        return None
    try:
        return services.open_override(child=child, opened_by=request.user, **chosen)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


@require_GET
@duty_required(Duty.SAFETY)
@never_cache
def override(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One override: what is asked and why; while it is in force, what it opens."""
    found = get_object_or_404(
        SafetyOverride.objects.select_related("child", "opened_by", "approved_by", "reviewed_by"), public_id=public_id
    )
    return render(request, "backoffice/override.html", _context(request, found))


def _context(request: HttpRequest, found: SafetyOverride) -> dict[str, Any]:
    now = timezone.now()
    items = [DataItem(item) for item in found.items]
    in_force = found.approved_at is not None and found.expires_at is not None and now < found.expires_at
    seen = _seen(request, found.child, items) if in_force else None
    involved = {found.opened_by_id, found.approved_by_id}
    is_decided = bool(found.approved_at or found.refused_at)
    return {
        "override": found,
        "items": items,
        "in_force": in_force,
        "seen": seen,
        "can_decide": not is_decided and request.user.pk != found.opened_by_id,
        "review_form": ReviewForm() if _waits_for_review(found) and request.user.pk not in involved else None,
        "page": "overrides",
    }


def _seen(request: HttpRequest, child: Child, items: list[DataItem]) -> list[dict[str, Any]]:
    """What the door opens now: who it is, how to reach the family, and for all else whether it is open elsewhere."""
    asked = list(dict.fromkeys([DataItem.PROFILE, *items]))
    looked = services.look(viewer=request.user, children=[child], items=asked, purpose=Purpose.SAFETY)
    decisions = {item: looked.may_see(child, item) for item in asked}
    people = guardians_of(child) if decisions.get(DataItem.CONTACT) else []
    return [
        {"item": item, "decision": decision, "people": people if item == DataItem.CONTACT else []}
        for item, decision in decisions.items()
    ]


def _waits_for_review(found: SafetyOverride) -> bool:
    return found.approved_at is not None and found.reviewed_at is None


@require_POST
@duty_required(Duty.SAFETY)
def decide_override(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a look through as the second person, or refuse it."""
    agrees = request.POST.get("agrees") == "yes"
    try:
        services.approve_override(override_id=public_id, approved_by=request.user, agrees=agrees)
        messages.success(request, _("已批准，时间从现在算起。") if agrees else _("已拒绝，没有打开。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("backoffice:override", public_id)


@require_POST
@duty_required(Duty.SAFETY)
def review_override(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Look back at an override as a third person."""
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            services.review_override(override_id=public_id, reviewed_by=request.user, **form.cleaned_data)
            messages.success(request, _("已复核。"))
            return redirect("backoffice:overrides")
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("backoffice:override", public_id)
    found = get_object_or_404(SafetyOverride, public_id=public_id)
    return render(request, "backoffice/override.html", _context(request, found) | {"review_form": form}, status=422)
