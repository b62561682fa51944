"""Sessions a family paid for ahead: what there is, where it went, and money back for what was not used."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.scheduling.selectors import family_sight
from marketplace.core.errors import Refusal
from marketplace.core.formatting import yuan_text

from . import selectors, services
from .forms import RefundForm
from .models import CreditGrant, CreditUse

PAGE_SIZE = 20
STATE_WORDS = {
    "live": gettext_lazy("可以用"),
    "used": gettext_lazy("用完了"),
    "expired": gettext_lazy("已到期"),
    "ended": gettext_lazy("已结束"),
}


@require_GET
@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List what the person holds and held."""
    now = timezone.now()
    page = Paginator(selectors.grants_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    cards = [_card(grant, now) for grant in page]
    return render(request, "credits/index.html", {"page": page, "cards": cards})


@require_GET
@login_required
@never_cache
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one grant: where each session went, and what was given back."""
    grant = _own_grant(request, public_id)
    sight = family_sight(request.user)
    uses = [{"use": use, "shows_detail": sight.shows_detail(use.booking)} for use in _uses(grant)]
    context = _card(grant, timezone.now()) | {
        "uses": uses,
        "refunds": list(grant.refunds.all()),
        "part": selectors.refundable_part(grant),
    }
    return render(request, "credits/detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def refund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give unused sessions back for money, after showing exactly how much comes back."""
    grant = _own_grant(request, public_id)
    part = selectors.refundable_part(grant)
    if not part.sums:
        messages.info(request, _("这张次卡没有可以退的次数。"))
        return redirect("credits:detail", public_id)
    form = RefundForm(request.POST or None, part=part, initial={"units": part.units})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.refund_unused(
                grant=grant, units=form.cleaned_data["units"], asked_by=request.user, shown_fen=form.shown_fen
            )
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect("credits:refund", public_id)
        messages.success(request, _("已申请，{amount} 会原路退回。").format(amount=yuan_text(made.amount_fen)))
        return redirect("credits:detail", public_id)
    context = _card(grant, timezone.now()) | {"form": form, "part": part}
    return render(request, "credits/refund.html", context, status=422 if form.errors else 200)


def _own_grant(request: HttpRequest, public_id: UUID) -> CreditGrant:
    grant = selectors.grant_of(request.user, public_id)
    if grant is None:
        raise Http404
    return grant


def _uses(grant: CreditGrant) -> list[CreditUse]:
    return sorted(grant.uses.all(), key=lambda use: use.booking.occupancy.starts_at, reverse=True)


def _card(grant: CreditGrant, now: Any) -> dict[str, Any]:
    """What a page shows of a grant beside its own fields."""
    state = selectors.state_of(grant, now=now)
    return {
        "grant": grant,
        "state": state,
        "state_label": STATE_WORDS[state],
        "state_kind": "good" if state == "live" else "",
        "services": list(grant.services.all()),
    }
