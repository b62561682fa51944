"""What every page of a payment begins with."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from payments import rules, selectors, services
from payments.models import PaymentIntent
from payments.payables import NeutralDescription, payable_for


def own_intent(request: HttpRequest, public_id: UUID) -> PaymentIntent:
    """The intent, or 404 for anybody but its buyer."""
    intent = get_object_or_404(PaymentIntent.objects.select_related("settled_by"), public_id=public_id)
    if not rules.may_pay(request.user, intent):
        raise Http404
    return intent


def seen_payment(request: HttpRequest, public_id: UUID) -> PaymentIntent:
    """The intent, or 404 for anybody but its buyer and who paid it."""
    intent = get_object_or_404(PaymentIntent.objects.select_related("settled_by"), public_id=public_id)
    if not rules.may_see_payment(request.user, intent):
        raise Http404
    return intent


def description_of(intent: PaymentIntent) -> NeutralDescription:
    """The words about it that anybody may see."""
    return payable_for(intent.payable_kind).describe(intent.payable_id)


def settled_now(intent: PaymentIntent) -> PaymentIntent:
    """The intent after asking the gateway, unless it was asked just now."""
    attempt = selectors.latest_attempt_of(intent.pk)
    if attempt is not None and attempt.is_open and selectors.is_stale(attempt):
        services.settle_payment(out_trade_no=attempt.out_trade_no)
        intent.refresh_from_db()
    return intent
