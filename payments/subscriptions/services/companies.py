"""Asking a company about an agreement: what it may know of it, and where its gateway is."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from marketplace.core.pseudonyms import pseudonym
from payments.gateways.base import Recurring
from payments.gateways.recurring import AgreementRef, AgreementView, InvoicingGateway, RecurringGateway
from payments.gateways.registry import GatewayNotEnabled, gateway_for
from payments.subscriptions.errors import CannotDebit
from payments.subscriptions.models import Agreement


def recurring_gateway(code: str) -> RecurringGateway:
    """The gateway, if it takes agreements. Raises CannotDebit."""
    try:
        gateway = gateway_for(code)
    except GatewayNotEnabled:
        raise CannotDebit from None
    if gateway.caps.recurring == Recurring.NONE:
        raise CannotDebit
    return cast(RecurringGateway, gateway)


def invoicing_gateway(code: str) -> InvoicingGateway | None:
    """The gateway, if it charges by its own calendar."""
    gateway = gateway_for(code)
    return cast(InvoicingGateway, gateway) if gateway.caps.recurring == Recurring.COMPANY_CHARGES else None


def debit_notice_days(code: str) -> int:
    """How many days before a debit the company must be told of it."""
    return gateway_for(code).caps.debit_notice_days


def agreement_ref(agreement: Agreement) -> AgreementRef:
    """How a gateway finds an agreement."""
    return AgreementRef(
        agreement.out_agreement_no, agreement.provider_ref or "", agreement.handle, begun_at=agreement.created_at
    )


@dataclass(frozen=True)
class SigningPayer:
    """Who is about to sign, as far as companies ask: a phone in the hand, and the address they come from."""

    is_phone: bool = False
    ip: str = ""


AT_A_DESK = SigningPayer()


def agreement_for_gateway(agreement: Agreement, payer: SigningPayer) -> AgreementView:
    """The agreement as its gateway may know it: sums, days and neutral words, always in one language."""
    subscription = agreement.subscription
    days = (agreement.first_charge_on - timezone.localdate(agreement.created_at)).days
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("心桥会员")
    base = settings.PUBLIC_BASE_URL
    return AgreementView(
        out_agreement_no=agreement.out_agreement_no,
        subject=subject,
        amount_fen=agreement.amount_fen,
        period_months=subscription.plan.period_months,
        first_charge_on=agreement.first_charge_on,
        trial_days=days,
        renews=agreement.chooses_renewal,
        payer_ref=pseudonym(subscription.user.public_id, "payment companies"),
        return_url=base + reverse("subscriptions:signed", args=[agreement.public_id]),
        notify_url=base + reverse("payments:notify", args=[agreement.gateway]),
        is_phone=payer.is_phone,
        payer_ip=payer.ip,
    )
