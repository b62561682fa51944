"""The page on which a family gives up what is left of a series."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.scheduling.models import BookingSeries
from marketplace.core.errors import Refusal
from marketplace.core.formatting import yuan_text

from . import services
from .cancellations import lines_of_series, quote_cancellation


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def cancel_series(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Cancel the paid sessions of a series that lie ahead, after showing exactly how much comes back."""
    series = BookingSeries.objects.filter(public_id=public_id, booked_by=request.user).first()
    if series is None:
        raise Http404
    if request.method == "POST":
        return _cancel(request, series)
    now = timezone.now()
    lines = lines_of_series(series, user=request.user, now=now)
    if not lines:
        messages.info(request, _("这个系列没有还能取消的预约了。"))
        return redirect("bookings:list")
    context = {"series": series, "quote": quote_cancellation(lines, now=now), "first": lines[0].booking}
    return render(request, "order/cancel_series.html", context)


def _cancel(request: HttpRequest, series: BookingSeries) -> HttpResponse:
    shown = request.POST.get("refund_fen", "")
    try:
        cancelled = services.cancel_series(
            series=series,
            initiator=request.user,
            shown_refund_fen=int(shown) if shown.isdecimal() and len(shown) < 18 else -1,
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("orders:cancel_series", public_id=series.public_id)
    back_fen = sum(each.refund_fen for each in cancelled)
    words = _("这个系列剩下的预约已取消。")
    if back_fen:
        words = _("这个系列剩下的预约已取消，{amount} 会原路退回。").format(amount=yuan_text(back_fen))
    messages.success(request, words)
    return redirect("bookings:list")
