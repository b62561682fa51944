"""Plans for staff to look at: a plan is put on sale by `publish_plan`, everything else by families."""

from django.contrib import admin

from payments.admin import ReadOnlyAdmin
from payments.subscriptions.models import Agreement, BillingCycle, Plan, RenewalNotice, Subscription


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    """What is and was on sale."""

    list_display = ("code", "version", "name", "amount_fen", "on_sale_from", "on_sale_until")


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    """Whose plan runs until when."""

    list_display = ("public_id", "plan", "state", "renews", "trial_ends_at", "paid_through", "ended_reason")
    list_filter = ("state", "ended_reason")
    raw_id_fields = ("user",)


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    """Permissions to debit."""

    list_display = ("out_agreement_no", "gateway", "state", "signed_at", "ended_at")
    list_filter = ("gateway", "state")


@admin.register(BillingCycle)
class BillingCycleAdmin(ReadOnlyAdmin):
    """Periods, and how their debits went."""

    list_display = ("public_id", "kind", "state", "period_starts_at", "amount_fen", "tries", "last_refusal")
    list_filter = ("kind", "state")


@admin.register(RenewalNotice)
class RenewalNoticeAdmin(ReadOnlyAdmin):
    """Proof of announcements."""

    list_display = ("cycle", "channel", "sent_at", "charge_on", "amount_fen", "renews")
