"""The rules on prices, commission and refunds: drafted by one person, published by another."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.errors import Refusal
from payments.settlement.models import FeeVersion
from payments.settlement.rules import NOTICE
from payments.settlement.selectors import fees_in_force
from payments.settlement.services import draft_fees, publish_fees, redraft_fees

from ..forms_payouts import FeeForm


@require_GET
@duty_required(Duty.FINANCE)
def fees(request: HttpRequest) -> HttpResponse:
    """Every version: drafts first, then what counts, comes and counted."""
    versions = FeeVersion.objects.select_related("drafted_by", "published_by").prefetch_related("lines")
    in_force = fees_in_force()
    context = {
        "page": "fees",
        "drafts": versions.filter(published_at=None).order_by("number"),
        "published": versions.filter(published_at__isnull=False),
        "in_force": in_force.pk if in_force else None,
        "now": timezone.now(),
    }
    return render(request, "finance/fees.html", context)


@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def new(request: HttpRequest) -> HttpResponse:
    """Draft a version, beginning with the words and shares of the one in force."""
    begin = FeeForm.values_of(fees_in_force(), timezone.now() + NOTICE + timedelta(days=1))
    form = FeeForm(request.POST or None, initial=dict(begin))
    if request.method == "POST" and form.is_valid():
        try:
            version = draft_fees(draft=form.draft(), drafted_by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已存为草稿，请另一位同事公布。"))
            return redirect("finance:fee", version.public_id)
    status = 400 if form.errors else 200
    return render(request, "finance/fee_edit.html", {"page": "fees", "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def fee(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One version: a draft can be rewritten, a published one only read."""
    version = get_object_or_404(FeeVersion.objects.prefetch_related("lines"), public_id=public_id)
    if version.is_published:
        return render(request, "finance/fee.html", {"page": "fees", "version": version})
    form = FeeForm(request.POST or None, initial=dict(FeeForm.values_of(version, version.valid_from)))
    if request.method == "POST" and form.is_valid():
        try:
            redraft_fees(version=version, draft=form.draft(), drafted_by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("草稿已保存。"))
            return redirect("finance:fee", public_id)
    context = {
        "page": "fees",
        "form": form,
        "version": version,
        "may_publish": version.drafted_by_id != request.user.pk,
    }
    return render(request, "finance/fee_edit.html", context, status=400 if form.errors else 200)


@require_POST
@duty_required(Duty.FINANCE)
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Publish a draft, as its second person."""
    version = get_object_or_404(FeeVersion, public_id=public_id)
    try:
        publish_fees(version=version, published_by=request.user)
        messages.success(request, _("已公布，不能再改。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("finance:fee", public_id)
