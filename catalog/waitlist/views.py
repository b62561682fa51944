"""Waiting for a time: joining, the list, and yes or no to a time that is kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.catalogue.enums import SaleState
from catalog.scheduling.models import HealthcareService
from marketplace.core.errors import Refusal
from marketplace.families.selectors import booked_for_by
from payments.requests.rules import may_fill_a_basket

from . import selectors, services
from .errors import AlreadyWaiting
from .forms import JoinForm
from .models import WaitlistEntry, WaitlistOffer
from .wording import cards_for

PAGE = 10


@require_http_methods(["GET", "POST"])
@login_required
def join(request: HttpRequest, service_id: int) -> HttpResponse:
    """Say for whom and when it suits."""
    service = _service(service_id)
    form = JoinForm(request.POST or None, user=request.user, service=service, initial=_first_wishes(request, service))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.join_waitlist(
                service=service,
                joined_by=request.user,
                children=form.cleaned_data["children"],
                preference=form.preference(),
                provider=form.chosen_provider(),
                with_guardian=form.cleaned_data.get("with_guardian", False),
            )
        except AlreadyWaiting as refusal:
            messages.info(request, str(refusal))
            return redirect("waitlist:mine")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("加好了。有时间空出来，会先给你留着，再告诉你。"))
            return redirect("waitlist:entry", made.public_id)
    context = {
        "service": service,
        "form": form,
        "has_children": booked_for_by(request.user).exists(),
        "may_join": may_fill_a_basket(request.user),
    }
    return render(request, "waitlist/join.html", context, status=422 if form.errors else 200)


def _service(service_id: int) -> HealthcareService:
    """A service on sale; anything else cannot be waited for."""
    on_sale = HealthcareService.objects.filter(product__sale_state=SaleState.ON_SALE, product__is_public=True)
    return get_object_or_404(on_sale.select_related("product", "location"), pk=service_id)


def _first_wishes(request: HttpRequest, service: HealthcareService) -> dict[str, Any]:
    """Choose for the family what leaves no choice, and whom they were just looking at."""
    children = list(booked_for_by(request.user).values_list("public_id", flat=True)[:2])
    return {
        "children": children if len(children) == 1 else [],
        "modes": service.modes,
        "provider": request.GET.get("provider", ""),
        "part_of_day": "",
    }


@never_cache
@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What one waits for, and what is kept; what is over comes last."""
    page = Paginator(selectors.entries_of_person(request.user), PAGE).get_page(request.GET.get("page"))
    cards = cards_for(request.user, page, now=timezone.now())
    live = sorted((card for card in cards if card.entry.is_live), key=lambda card: card.offer is None)
    over = [card for card in cards if not card.entry.is_live]
    return render(request, "waitlist/mine.html", {"page": page, "live": live, "over": over})


@never_cache
@require_GET
@login_required
def entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One entry: the time that is kept, how it stands, and the ways out."""
    [card] = cards_for(request.user, [_entry(request, public_id)], now=timezone.now())
    return render(request, "waitlist/entry.html", {"card": card, "entry": card.entry, "offer": card.offer})


def _entry(request: HttpRequest, public_id: UUID) -> WaitlistEntry:
    """An entry this person may see; anybody else's does not exist."""
    try:
        return selectors.entry_for(request.user, public_id)
    except WaitlistEntry.DoesNotExist:
        raise Http404 from None


def _offer(request: HttpRequest, public_id: UUID) -> WaitlistOffer:
    try:
        return selectors.offer_for(request.user, public_id)
    except WaitlistOffer.DoesNotExist:
        raise Http404 from None


@require_POST
@login_required
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the kept time: on to the checkout."""
    offer = _offer(request, public_id)
    try:
        services.accept_offer(offer=offer, accepted_by=request.user)
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return redirect("waitlist:entry", offer.entry.public_id)
    return redirect("checkout:index")


@require_POST
@login_required
def decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give it on to the next."""
    offer = _offer(request, public_id)
    said = _("好的，这个时间让给下一位了。你还在候补，位置不变。")
    return _done(request, offer.entry, lambda: services.decline_offer(offer=offer, declined_by=request.user), said)


@require_POST
@login_required
def pause(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Offer nothing for a while."""
    found = _entry(request, public_id)
    said = _("先不给你留时间了。想继续时打开就好，等候的时间照算。")
    return _done(request, found, lambda: services.pause_entry(entry=found, paused_by=request.user), said)


@require_POST
@login_required
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Wait again."""
    found = _entry(request, public_id)
    said = _("继续候补，位置和原来一样。")
    return _done(request, found, lambda: services.resume_entry(entry=found, resumed_by=request.user), said)


@require_POST
@login_required
def leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Off the list for good."""
    found = _entry(request, public_id)
    said = _("已经退出。需要的时候，随时可以再加入。")
    return _done(request, found, lambda: services.leave_waitlist(entry=found, left_by=request.user), said)


def _done(request: HttpRequest, found: WaitlistEntry, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
        messages.success(request, said)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    return redirect("waitlist:entry", found.public_id)
