"""Another way to hold a paid session, chosen by the family: its time and what was paid stay."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import Refusal

from .. import services
from ..forms import ModeForm
from .bookings import booking_card, booking_to_manage


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def booking_mode(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the other ways in which a session could be held, and take one."""
    booking = booking_to_manage(request, public_id)
    modes = services.modes_to_switch_to(booking, now=timezone.now())
    if not modes:
        messages.info(request, _("这次见面现在不能换方式。"))
        return redirect("bookings:detail", public_id)
    form = ModeForm(request.POST or None, modes=modes)
    if request.method == "POST" and form.is_valid():
        try:
            services.switch_mode(booking_id=booking.pk, mode=form.cleaned_data["mode"], switched_by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("方式已经换好，时间和付款保持不变。"))
            return redirect("bookings:detail", public_id)
    context = booking_card(booking, timezone.now()) | {"form": form}
    return render(request, "bookings/mode.html", context, status=422 if form.errors else 200)
