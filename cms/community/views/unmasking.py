"""Who is behind a name: asked by one of our staff, decided by another. On duty for privacy only."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from ..enums import UnmaskingReason
from ..errors import Gone
from ..forms import UnmaskingForm
from ..selectors import reading
from ..selectors.unmaskings import own_unmaskings, past_unmaskings, waiting_unmaskings
from ..services import unmasking as services

_PAST = 50


@never_cache
@require_GET
@duty_required(Duty.PRIVACY)
def questions(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what one may open, and all that was ever asked."""
    now, user = timezone.now(), _staff(request)
    context = {
        "waiting": waiting_unmaskings(now - services.LAPSES_AFTER),
        "open": own_unmaskings(user, now),
        "past": past_unmaskings()[:_PAST],
        "me": user,
    }
    return render(request, "community/unmasking/questions.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.PRIVACY)
def ask(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Ask who wrote a post or a reply."""
    writing = reading.writing_of(kind, public_id) if kind in ("post", "reply") else None
    if writing is None:
        raise Http404
    form = UnmaskingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_who(
                asked_by=_staff(request),
                writing=writing,
                reason=UnmaskingReason(form.cleaned_data["reason"]),
                why=form.cleaned_data["why"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已经提出。要由另一位同事同意，同意后两小时内可以查看。"))
            return redirect("community:unmaskings")
    return render(request, "community/unmasking/ask.html", {"writing": writing, "form": form})


@require_POST
@duty_required(Duty.PRIVACY)
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Grant or refuse, as the second person."""
    try:
        services.decide(decided_by=_staff(request), unmasking_id=public_id, agrees="grant" in request.POST)
        messages.success(request, _("决定已经记下。"))
    except Gone as gone:
        raise Http404 from gone
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("community:unmaskings")


@never_cache
@require_POST
@duty_required(Duty.PRIVACY)
def opened(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show who it is, this once; each look is written down."""
    try:
        member = services.open_unmasking(opened_by=_staff(request), unmasking_id=public_id)
    except Gone as gone:
        raise Http404 from gone
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("community:unmaskings")
    return render(request, "community/unmasking/opened.html", {"member": member})


def _staff(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
