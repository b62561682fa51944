"""Stripe's webhooks: verified over the raw body, then reduced to whom they concern."""

import json
from collections.abc import Mapping
from typing import Any

import stripe

from payments.enums import EventAbout
from payments.gateways.base import BadSignature, WebhookHint
from payments.gateways.stripe.reading import AGREEMENT_NO, REFUND_NO, TRADE_NO, foreign_in, number_in
from payments.gateways.stripe.sdk import StripeApi

#: A message older than this is a recording.
_TOLERANCE_SECONDS = 300
_AMOUNT_FIELDS = {"checkout.session": "amount_total", "payment_intent": "amount"}


class Messages:
    """The part of the gateway that reads webhooks."""

    _api: StripeApi

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> WebhookHint:
        """Verify a message, failing closed, and reduce it to a hint."""
        event = self._verified(headers.get("Stripe-Signature", ""), raw)
        try:
            return self._hint(event, event["data"]["object"])
        except (KeyError, TypeError, AttributeError) as error:
            raise BadSignature("incomplete") from error

    def _verified(self, signature: str, raw: bytes) -> dict[str, Any]:
        try:
            stripe.WebhookSignature.verify_header(
                raw.decode("utf-8"), signature, self._api.config.webhook_secret, _TOLERANCE_SECONDS
            )
            event = json.loads(raw)
        except stripe.SignatureVerificationError as error:
            raise BadSignature("not signed by Stripe, or too old") from error
        except ValueError as error:
            raise BadSignature("unreadable") from error
        if not isinstance(event, dict) or event.get("object") != "event":
            raise BadSignature("no event")
        return event

    def _hint(self, event: dict[str, Any], thing: dict[str, Any]) -> WebhookHint:
        about, ref = _about(event["type"], thing)
        amount = thing.get(_AMOUNT_FIELDS.get(thing["object"], ""))
        return WebhookHint(
            event_id=event["id"],
            kind=event["type"][:64],
            out_trade_no=_trade_number(thing) if about in (EventAbout.TRADE, EventAbout.REFUND) else "",
            amount_fen=amount if about == EventAbout.TRADE else None,
            foreign=self._foreign(event, thing),
            about=about,
            ref=ref,
        )

    def _foreign(self, event: dict[str, Any], thing: dict[str, Any]) -> str:
        is_live = self._api.config.is_live
        wrong = foreign_in({"currency": thing.get("currency"), "livemode": event.get("livemode")}, is_live=is_live)
        # Named only in events of accounts that are connected to ours; we have none.
        return ",".join(filter(None, (wrong, "account" if event.get("account") else "")))

    def acknowledgement(self, *, kept: bool) -> tuple[int, str]:
        """Any 2xx ends it; everything else is told again for days."""
        return (200, "kept") if kept else (503, "again")


def _trade_number(thing: dict[str, Any]) -> str:
    return number_in(thing, TRADE_NO) or str(thing.get("client_reference_id") or "")


def _about(kind: str, thing: dict[str, Any]) -> tuple[EventAbout, str]:
    """What a message is about, and our name of it."""
    agreement = _agreement_number(thing)
    if kind.startswith("charge.dispute."):
        return EventAbout.DISPUTE, str(thing["id"])
    if kind.startswith(("refund.", "charge.refund.")):
        return EventAbout.REFUND, number_in(thing, REFUND_NO) or str(thing["id"])
    if kind.startswith(("customer.subscription.", "invoice.", "checkout.session.")) and agreement:
        return EventAbout.AGREEMENT, agreement
    if kind.startswith("checkout.session."):
        return EventAbout.TRADE, ""
    if kind.startswith("payment_intent.") and number_in(thing, TRADE_NO):
        return EventAbout.TRADE, ""
    return EventAbout.OTHER, ""


def _agreement_number(thing: dict[str, Any]) -> str:
    """Our number of a subscription: on itself, on the session that signed it, or on its invoice's parent."""
    parent = thing.get("parent") or {}
    return number_in(thing, AGREEMENT_NO) or number_in(parent.get("subscription_details") or {}, AGREEMENT_NO)
