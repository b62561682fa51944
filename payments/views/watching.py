"""The pages that wait for a payment: the code to scan, the way back, and the part that changes."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from payments import selectors
from payments.progress import Progress, progress_of
from payments.views.own import description_of, own_intent, settled_now


@login_required
@never_cache
@require_GET
def scan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code to scan, watching whether it was paid."""
    intent = own_intent(request, public_id)
    attempt = selectors.open_attempt_of(intent.pk)
    if attempt is None or not attempt.qr_text:
        return redirect("payments:return", public_id)
    page = {
        "intent": intent,
        "attempt": attempt,
        "description": description_of(intent),
        "code": drawn_code(attempt.qr_text),
        "progress": Progress.CHECKING,
        "scanning": True,
        # Nobody's phone reaches a simulator on this machine.
        "demo_url": attempt.qr_text if settings.DEMO else "",
    }
    return render(request, "payments/scan.html", page)


def drawn_code(text: str) -> SafeString:
    """A QR code as inline SVG; black on white in every theme, or scanners fail."""
    import segno  # only this page draws codes

    drawn = segno.make(text, error="m").svg_inline(scale=6, border=4, light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from numbers only


@login_required
@never_cache
@require_GET
def come_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where a gateway sends the payer back to. What the address says counts for nothing."""
    intent = settled_now(own_intent(request, public_id))
    page = {"intent": intent, "description": description_of(intent), "progress": progress_of(intent)}
    return render(request, "payments/return.html", page)


@login_required
@never_cache
@require_GET
def status(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The part of a waiting page that changes; asked for every few seconds."""
    intent = settled_now(own_intent(request, public_id))
    progress = progress_of(intent)
    scanning = "scan" in request.GET
    if scanning and progress != Progress.CHECKING:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect("payments:return", public_id).url
        return response
    page = {
        "intent": intent,
        "description": description_of(intent),
        "progress": progress,
        "scanning": scanning,
    }
    return render(request, "payments/_status.html", page)
