"""What our staff may look at: everything, changing nothing but whether an incident is closed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, ProviderEvent, Refund


class ReadOnlyAdmin(admin.ModelAdmin):
    """Money's history is written by services alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(PaymentIntent)
class PaymentIntentAdmin(ReadOnlyAdmin):
    """What was owed."""

    list_display = ["public_id", "payable_kind", "payable_id", "amount_fen", "state", "expires_at", "paid_at"]
    list_filter = ["state"]
    search_fields = ["public_id", "payable_id"]


@admin.register(PaymentAttempt)
class PaymentAttemptAdmin(ReadOnlyAdmin):
    """Each try to pay."""

    list_display = ["out_trade_no", "gateway", "method", "state", "amount_fen", "refunded_fen", "created_at"]
    list_filter = ["state", "gateway", "method"]
    search_fields = ["out_trade_no", "provider_ref"]


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    """What goes back."""

    list_display = ["out_refund_no", "attempt", "amount_fen", "reason", "state", "requested_at", "finished_at"]
    list_filter = ["state", "reason"]
    search_fields = ["out_refund_no", "attempt__out_trade_no"]


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    """What gateways told us."""

    list_display = ["event_id", "gateway", "kind", "out_trade_no", "received_at", "processed_at", "error"]
    list_filter = ["gateway", "kind"]
    search_fields = ["event_id", "out_trade_no"]


@admin.register(PaymentIncident)
class PaymentIncidentAdmin(ReadOnlyAdmin):
    """What a person has to look at."""

    list_display = ["kind", "key", "gateway", "count", "opened_at", "last_seen_at", "closed_at"]
    list_filter = ["kind", ("closed_at", admin.EmptyFieldListFilter)]
    search_fields = ["key"]
    actions = ["close"]

    @admin.action(description=_("标为已处理"), permissions=["view"])
    def close(self, request: HttpRequest, queryset: QuerySet[PaymentIncident]) -> None:
        """Note that somebody has dealt with these."""
        queryset.filter(closed_at=None).update(closed_at=timezone.now())
