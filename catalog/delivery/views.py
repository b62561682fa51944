"""A family's side of a visit: asking for it, the code for the door, choosing another day, doing without."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.models import User
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from . import selectors, services
from .enums import OPEN_STATES
from .forms import AskForm, VisitForm
from .models import DeliveryTask


@require_GET
@never_cache
@login_required
def visits(request: HttpRequest) -> HttpResponse:
    """What somebody brings, and the parcels that somebody could bring."""
    user = cast(User, request.user)
    rows = list(selectors.deliveries_of(user)[:50])
    context = {"rows": rows, "parcels": selectors.parcels_to_bring(user), "offers": selectors.offers()}
    return render(request, "delivery/visits.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a visit with one parcel."""
    user = cast(User, request.user)
    parcel = selectors.parcel_to_bring(user, public_id)
    if parcel is None:
        raise Http404
    form = AskForm(request.POST or None, offers=selectors.offers())
    if request.method == "POST" and form.is_valid():
        community = form.offers[form.cleaned_data["community"]].partner
        try:
            task = services.ask_delivery(shipment=parcel, community=community, wish=form.wish(), asked_by=user)
            return redirect("delivery:detail", task.public_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"parcel": parcel, "form": form, "offers": form.offers}
    return render(request, "delivery/ask.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One visit with its code; another day can be chosen."""
    user, task = cast(User, request.user), _own(request, public_id)
    initial = {"language": task.language, "visit_on": task.visit_on, "day_part": task.day_part}
    form = VisitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.move_delivery(task=task, asked_by=user, wish=form.wish())
            messages.success(request, _("改好了，社区会重新安排。"))
            return redirect("delivery:detail", public_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    prefetch_keys([task])
    context = {"task": task, "form": form, "is_open": task.state in OPEN_STATES, "tries": services.MOST_TRIES}
    return render(request, "delivery/detail.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Do without the visit."""
    try:
        services.cancel_delivery(task=_own(request, public_id), asked_by=cast(User, request.user))
        messages.success(request, _("取消了。包裹照平常的方式寄给你。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("delivery:detail", public_id)


@require_POST
@login_required
def renew_code(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Draw a new code."""
    try:
        services.renew_code(task=_own(request, public_id), asked_by=cast(User, request.user))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("delivery:detail", public_id)


def _own(request: HttpRequest, public_id: UUID) -> DeliveryTask:
    """The family's own visit; 404 for anybody else's."""
    task = selectors.deliveries_of(cast(User, request.user)).filter(public_id=public_id).first()
    if task is None:
        raise Http404
    return task
