"""Receipts."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from payments import selectors
from payments.views.own import description_of, own_intent


@login_required
@require_GET
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was paid and what went back, in neutral words, fit for printing."""
    intent = own_intent(request, public_id)
    attempts = intent.attempts.exclude(paid_at=None).order_by("paid_at")
    if not attempts:
        raise Http404
    page = {
        "intent": intent,
        "description": description_of(intent),
        "attempts": attempts,
        "refunds": selectors.refunds_of(intent.pk),
        "net_fen": sum(attempt.captured_fen - attempt.refunded_fen for attempt in attempts),
    }
    return render(request, "payments/receipt.html", page)
