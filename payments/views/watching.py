"""The pages that wait for a payment: the code to scan, the way back, and the part that changes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from payments import selectors
from payments.models import PaymentIntent
from payments.progress import Progress, progress_of
from payments.views.own import description_of, own_intent, settled_now

#: A waiting page asks every few seconds at first, then more rarely: (age of the attempt, seconds between looks).
_PACES = ((timedelta(minutes=2), 3), (timedelta(minutes=10), 10))
_SLOWEST_PACE = 30
_STILL_WAITING = (Progress.WAITING, Progress.CHECKING)


@login_required
@never_cache
@require_GET
def scan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code to scan, watching whether it was paid; `?look` is how a browser without scripts watches."""
    intent = own_intent(request, public_id)
    if "look" in request.GET:
        settled_now(intent)
    attempt = selectors.open_attempt_of(intent.pk)
    if attempt is None or not attempt.qr_text:
        return redirect("payments:return", public_id)
    page = _status_page(intent, Progress.WAITING, scanning=True) | {
        "attempt": attempt,
        "code": drawn_code(attempt.qr_text),
        # Nobody's phone reaches a simulator on this machine.
        "demo_url": attempt.qr_text if settings.DEMO else "",
    }
    return render(request, "payments/scan.html", page)


def drawn_code(text: str) -> SafeString:
    """A QR code as inline SVG; black on white in every theme, or scanners fail."""
    import segno  # only pages with a code draw one

    drawn = segno.make(text, error="m").svg_inline(scale=6, border=4, light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from numbers only


@login_required
@never_cache
@require_GET
def come_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where a gateway sends the payer back to. What the address says counts for nothing."""
    intent = settled_now(own_intent(request, public_id))
    return render(request, "payments/return.html", _status_page(intent, progress_of(intent)))


@login_required
@never_cache
@require_GET
def status(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The part of a waiting page that changes; nothing while it is as `?seen` says, so that it is not read out again."""
    intent = settled_now(own_intent(request, public_id))
    progress = progress_of(intent)
    scanning = "scan" in request.GET
    if scanning and progress not in _STILL_WAITING:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("payments:return", args=[public_id])})
    page = _status_page(intent, progress, scanning=scanning)
    if (request.GET.get("seen"), request.GET.get("pace")) == (progress, str(page["pace"])):
        return HttpResponse(status=204)
    return render(request, "payments/_status.html", page)


def _status_page(intent: PaymentIntent, progress: Progress, *, scanning: bool = False) -> dict[str, Any]:
    return {
        "intent": intent,
        "description": description_of(intent),
        "progress": progress,
        "scanning": scanning,
        "pace": _pace_of(intent),
        "may_try": intent.expires_at > timezone.now(),
    }


def _pace_of(intent: PaymentIntent) -> int:
    """Seconds until the page asks again."""
    attempt = selectors.latest_attempt_of(intent.pk)
    age = timezone.now() - (attempt.created_at if attempt else intent.created_at)
    return next((pace for until, pace in _PACES if age < until), _SLOWEST_PACE)
