"""What a person paid: the list, one payment's story, its receipt."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from payments import rules, selectors
from payments.models import PaymentIntent
from payments.story import refund_stories, story_of
from payments.views.own import description_of, seen_payment

PAGE_SIZE = 20


@login_required
@require_GET
def list_payments(request: HttpRequest) -> HttpResponse:
    """Everything a person paid or had paid for them, with receipts; no word of what it was for."""
    page = Paginator(selectors.payments_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "payments/list.html", {"page": page})


@login_required
@never_cache
@require_GET
def payment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How one payment and its refunds stand, and what happens next."""
    intent = seen_payment(request, public_id)
    is_buyer = rules.may_pay(request.user, intent)
    if intent.is_open and not is_buyer:
        return redirect("payments:list")
    page = _page_of(request, intent) | {
        "story": story_of(intent),
        "refunds": refund_stories(intent),
        "has_receipt": intent.attempts.filter(paid_at__isnull=False).exists(),
    }
    return render(request, "payments/payment.html", page)


@login_required
@require_GET
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was paid and what went back, in neutral words, fit for printing."""
    intent = seen_payment(request, public_id)
    attempts = intent.attempts.exclude(paid_at=None).order_by("paid_at")
    if not attempts:
        raise Http404
    page = _page_of(request, intent) | {
        "attempts": attempts,
        "refunds": selectors.refunds_of(intent.pk),
        "net_fen": sum(attempt.captured_fen - attempt.refunded_fen for attempt in attempts),
    }
    return render(request, "payments/receipt.html", page)


def _page_of(request: HttpRequest, intent: PaymentIntent) -> dict[str, object]:
    """What both pages of a payment say. Only the buyer is led to what was bought."""
    return {
        "intent": intent,
        "description": description_of(intent),
        "is_buyer": rules.may_pay(request.user, intent),
    }
