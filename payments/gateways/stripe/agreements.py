"""Plans by card: Stripe's subscription is the master and takes the money by its own calendar.

Going on after the first period is the payer's choice. Checkout cannot make a subscription that ends by itself, so the
choice stands in the subscription's metadata and every look puts the subscription right where it says otherwise.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from payments.gateways.base import GatewayRefused, GatewayUnclear, Redirect
from payments.gateways.recurring import (
    AgreementRef,
    AgreementStatus,
    AgreementTruth,
    AgreementView,
    InvoiceStatus,
    InvoiceTruth,
)
from payments.gateways.stripe.reading import (
    AGREEMENT_NO,
    CURRENCY,
    foreign_in,
    id_of,
    moment,
    number_in,
    payment_of_invoice,
)
from payments.gateways.stripe.sdk import NO_SUCH_THING, KeyReused, ReplayedFailure, StripeApi

_RENEWS = "renews"
_WAITING = ("incomplete",)
_ENDED = ("canceled", "incomplete_expired")
_RUNNING = ("trialing", "active", "past_due", "unpaid", "paused")
_INVOICE_STATUS = {
    "open": InvoiceStatus.OPEN,
    "paid": InvoiceStatus.PAID,
    "uncollectible": InvoiceStatus.VOID,
    "void": InvoiceStatus.VOID,
}
_LISTED_SINCE = timedelta(days=2)
_WITH_CARD = {
    "expand": ["default_payment_method", "customer.invoice_settings.default_payment_method", "latest_invoice"]
}


class Agreements:
    """The part of the gateway that deals with subscriptions (`Recurring.COMPANY_CHARGES`)."""

    _api: StripeApi

    def sign_agreement(self, agreement: AgreementView) -> Redirect:
        """Open a page on which the card is left; the same number again leads to the same page."""
        sessions = self._api.v1.checkout.sessions
        try:
            session = self._api.call(sessions.create, _params_of(agreement), key=agreement.out_agreement_no)
        except (KeyReused, ReplayedFailure) as fault:
            found = self._session(AgreementRef(agreement.out_agreement_no))
            if found is None and isinstance(fault, ReplayedFailure):
                # No address was ever handed out, so nothing can be signed: this number is dead.
                raise GatewayRefused("replayed_failure") from fault
            if found is None:
                raise
            session = found
        if not session.get("url"):
            raise GatewayUnclear("the page is not open any more")
        return Redirect(session["url"], handle=session["id"])

    def query_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        """The subscription as it is now; one that was signed on the page but not told of is found by the page."""
        subscription = self._subscription(agreement)
        if subscription is not None:
            return self._truth(self._put_right(subscription))
        session = self._session(agreement)
        if session is None:
            return AgreementTruth(AgreementStatus.NOT_FOUND)
        waits = session.get("status") == "open"
        return AgreementTruth(
            AgreementStatus.WAITING if waits else AgreementStatus.ENDED,
            renews=False,
            foreign=foreign_in(session, is_live=self._api.config.is_live),
        )

    def end_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        """Cancel at once; a page that nobody has signed yet is closed."""
        truth = self.query_agreement(agreement)
        if truth.status in (AgreementStatus.NOT_FOUND, AgreementStatus.ENDED):
            return truth
        try:
            if truth.provider_ref:
                self._api.call(self._api.v1.subscriptions.cancel, truth.provider_ref)
            elif (session := self._session(agreement)) is not None:
                self._api.call(self._api.v1.checkout.sessions.expire, session["id"])
        except GatewayRefused:
            # Over already, or signed since we looked: told as it is, and ended by the next call.
            return self.query_agreement(agreement)
        return self.query_agreement(agreement)

    def set_renewal(self, agreement: AgreementRef, *, renews: bool) -> AgreementTruth:
        """Whether another period follows the one that runs."""
        subscription = self._subscription(agreement)
        if subscription is None:
            raise GatewayRefused("not_signed")
        return self._truth(self._renewing(subscription, renews=renews))

    def invoices(self, agreement: AgreementRef) -> Sequence[InvoiceTruth]:
        """All periods charged or tried so far, oldest first; the trial's bill of nothing is left out."""
        subscription = self._subscription(agreement)
        if subscription is None:
            return []
        params = {"subscription": subscription["id"], "limit": 100, "expand": ["data.payments"]}
        rows = [
            _invoice(row)
            for row in self._api.all(self._api.v1.invoices.list, params)
            if row["total"] > 0 and row.get("status") in _INVOICE_STATUS
        ]
        return sorted(rows, key=lambda invoice: invoice.period_starts_at)

    def _subscription(self, agreement: AgreementRef) -> dict[str, Any] | None:
        ref = agreement.provider_ref
        if not ref:
            session = self._session(agreement)
            ref = id_of(session.get("subscription")) if session else ""
        if not ref:
            return None
        found = self._api.call(self._api.v1.subscriptions.retrieve, ref, _WITH_CARD)
        if number_in(found, AGREEMENT_NO) != agreement.out_agreement_no:
            raise GatewayUnclear("the answer is about another agreement")
        return found

    def _session(self, agreement: AgreementRef) -> dict[str, Any] | None:
        sessions = self._api.v1.checkout.sessions
        if agreement.handle:
            try:
                return self._api.call(sessions.retrieve, agreement.handle)
            except GatewayRefused as refusal:
                if refusal.code == NO_SUCH_THING:
                    return None
                raise
        since = (agreement.begun_at or datetime.now(UTC) - _LISTED_SINCE) - timedelta(minutes=5)
        listed = self._api.all(sessions.list, {"limit": 100, "created": {"gte": int(since.timestamp())}})
        return next((row for row in listed if row.get("client_reference_id") == agreement.out_agreement_no), None)

    def _put_right(self, subscription: dict[str, Any]) -> dict[str, Any]:
        chosen = number_in(subscription, _RENEWS) == "1"
        runs = subscription["status"] in _RUNNING
        if not runs or chosen or _ends(subscription):
            return subscription
        return self._renewing(subscription, renews=False)

    def _renewing(self, subscription: dict[str, Any], *, renews: bool) -> dict[str, Any]:
        params = {"cancel_at_period_end": not renews, "metadata": {_RENEWS: "1" if renews else "0"}, **_WITH_CARD}
        return self._api.call(self._api.v1.subscriptions.update, subscription["id"], params)

    def _truth(self, subscription: dict[str, Any]) -> AgreementTruth:
        status = _status(subscription["status"])
        return AgreementTruth(
            status=status,
            provider_ref=subscription["id"],
            instrument=_fingerprint(subscription),
            signed_at=moment(subscription.get("start_date")),
            renews=status == AgreementStatus.SIGNED and not _ends(subscription),
            paid_through=_paid_through(subscription),
            foreign=foreign_in(subscription, is_live=self._api.config.is_live),
        )


def _status(word: str) -> AgreementStatus:
    if word in _RUNNING:
        return AgreementStatus.SIGNED
    if word in _ENDED:
        return AgreementStatus.ENDED
    if word in _WAITING:
        return AgreementStatus.WAITING
    raise GatewayUnclear(f"unknown subscription status {word!r}")


def _ends(subscription: dict[str, Any]) -> bool:
    return bool(subscription.get("cancel_at_period_end") or subscription.get("cancel_at"))


def _fingerprint(subscription: dict[str, Any]) -> str:
    """The same for the same card, whoever uses it."""
    customer = _expanded(subscription.get("customer"))
    fallback = _expanded(customer.get("invoice_settings")).get("default_payment_method")
    method = _expanded(subscription.get("default_payment_method") or fallback)
    return str(_expanded(method.get("card")).get("fingerprint") or "")


def _expanded(thing: Any) -> dict[str, Any]:
    return thing if isinstance(thing, dict) else {}


def _paid_through(subscription: dict[str, Any]) -> datetime | None:
    """The end of the last period that was paid with money: a trial is not, a period past due is not.

    A period's times stand on the subscription's item.
    """
    item, last = subscription["items"]["data"][0], subscription.get("latest_invoice")
    if not isinstance(last, dict):
        return None
    if last["status"] == "paid":
        return moment(item["current_period_end"]) if last["amount_paid"] > 0 else None
    trial_end = subscription.get("trial_end") or 0
    first = max(trial_end, subscription["start_date"])
    return moment(item["current_period_start"]) if item["current_period_start"] > first else None


def _invoice(row: dict[str, Any]) -> InvoiceTruth:
    period = row["lines"]["data"][-1]["period"]
    starts, ends = moment(period["start"]), moment(period["end"])
    if starts is None or ends is None:
        raise GatewayUnclear("an invoice without its period")
    return InvoiceTruth(
        handle=row["id"],
        provider_ref=payment_of_invoice(row),
        period_starts_at=starts,
        period_ends_at=ends,
        amount_fen=row["total"],
        status=_INVOICE_STATUS[row["status"]],
        paid_at=moment(row["status_transitions"].get("paid_at")),
    )


def _params_of(agreement: AgreementView) -> dict[str, Any]:
    metadata = {
        AGREEMENT_NO: agreement.out_agreement_no,
        "payer_ref": agreement.payer_ref,
        _RENEWS: "1" if agreement.renews else "0",
    }
    lasting: dict[str, Any] = {"metadata": metadata, "description": agreement.subject}
    if agreement.trial_days:
        lasting["trial_period_days"] = agreement.trial_days
    return {
        "mode": "subscription",
        "payment_method_types": ["card"],
        "payment_method_collection": "always",
        "client_reference_id": agreement.out_agreement_no,
        "metadata": metadata,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": CURRENCY,
                    "unit_amount": agreement.amount_fen,
                    "recurring": {"interval": "month", "interval_count": agreement.period_months},
                    "product_data": {"name": agreement.subject},
                },
            }
        ],
        "subscription_data": lasting,
        "adaptive_pricing": {"enabled": False},
        "locale": "zh",
        "success_url": agreement.return_url,
        "cancel_url": agreement.return_url,
    }
