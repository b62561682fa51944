"""One-off card payments on Stripe's own page, which also asks for 3-D Secure."""

from datetime import UTC, datetime, timedelta
from typing import Any

from payments.gateways.base import (
    AttemptView,
    GatewayRefused,
    GatewayUnclear,
    Redirect,
    TradeRef,
    TradeStatus,
    Truth,
)
from payments.gateways.stripe.reading import CURRENCY, TRADE_NO, truth_of_invoice, truth_of_session
from payments.gateways.stripe.sdk import NO_SUCH_THING, KeyReused, ReplayedFailure, StripeApi

#: A session lives for at least 30 minutes and at most 24 hours.
_SHORTEST = timedelta(minutes=31)
_LONGEST = timedelta(hours=24)
#: How far Stripe's clock may be behind ours when we list what it made since.
_SKEW = timedelta(minutes=5)
_WITH_PAYMENT = {"expand": ["payment_intent.latest_charge"]}
#: On the card's statement beside the account's name: capital letters, no word on what it was for.
_STATEMENT_SUFFIX = "XINQIAO"


class Trades:
    """The part of the gateway that deals with Checkout Sessions of mode payment."""

    _api: StripeApi

    def create(self, attempt: AttemptView) -> Redirect:
        """Open a page for the card; the same number again leads to the same page."""
        sessions = self._api.v1.checkout.sessions
        try:
            session = self._api.call(sessions.create, _params_of(attempt), key=attempt.out_trade_no)
        except (KeyReused, ReplayedFailure) as fault:
            # The key can tell us nothing more. The page may exist all the same, and is found by our number.
            session = self._made_before(attempt, fault)
        if not session.get("url"):
            # The kept answer of a page that has been paid or closed since.
            raise GatewayUnclear("the page is not open any more")
        return Redirect(session["url"], handle=session["id"])

    def _made_before(self, attempt: AttemptView, fault: GatewayUnclear) -> dict[str, Any]:
        session = self._find(TradeRef(attempt.out_trade_no, begun_at=datetime.now(UTC) - _LONGEST))
        if session is not None and session.get("amount_total") == attempt.amount_fen:
            return session
        if session is None and isinstance(fault, ReplayedFailure):
            # Nobody has ever been given an address, so nothing can be paid: this number is dead, another may be tried.
            raise GatewayRefused("replayed_failure") from fault
        raise fault

    def query(self, trade: TradeRef) -> Truth:
        """The trade as it is now; a handle `in_...` names an invoice of a subscription."""
        if trade.handle.startswith("in_"):
            return self._query_invoice(trade)
        session = self._find(trade)
        if session is None:
            return Truth(TradeStatus.NOT_FOUND)
        if session.get("client_reference_id") != trade.out_trade_no:
            raise GatewayUnclear("the answer is about another trade")
        return truth_of_session(session, is_live=self._api.config.is_live)

    def _query_invoice(self, trade: TradeRef) -> Truth:
        try:
            invoice = self._api.call(self._api.v1.invoices.retrieve, trade.handle, {"expand": ["payments"]})
        except GatewayRefused as refusal:
            if refusal.code == NO_SUCH_THING:
                return Truth(TradeStatus.NOT_FOUND)
            raise
        return truth_of_invoice(invoice, is_live=self._api.config.is_live)

    def _find(self, trade: TradeRef) -> dict[str, Any] | None:
        """The session by its handle; by our number among those made since, where the handle was lost.

        Listing and not searching: Stripe's search lags behind what was written.
        """
        sessions = self._api.v1.checkout.sessions
        if not trade.handle:
            return self._found_in_list(trade)
        try:
            return self._api.call(sessions.retrieve, trade.handle, _WITH_PAYMENT)
        except GatewayRefused as refusal:
            if refusal.code == NO_SUCH_THING:
                return None
            raise

    def _found_in_list(self, trade: TradeRef) -> dict[str, Any] | None:
        since = (trade.begun_at or datetime.now(UTC) - 2 * _LONGEST) - _SKEW
        params = {
            "limit": 100,
            "created": {"gte": int(since.timestamp())},
            "expand": ["data.payment_intent.latest_charge"],
        }
        listed = self._api.all(self._api.v1.checkout.sessions.list, params)
        return next((row for row in listed if row.get("client_reference_id") == trade.out_trade_no), None)

    def close(self, trade: TradeRef) -> Truth:
        """Make the page unpayable. One that is paid, closed or at the bank already is told as it is."""
        before = self.query(trade)
        if before.status != TradeStatus.WAITING:
            return before
        try:
            self._end(trade)
        except GatewayRefused:
            # Not open any more: something happened since we looked.
            return self.query(trade)
        return Truth(TradeStatus.CLOSED)

    def _end(self, trade: TradeRef) -> None:
        if trade.handle.startswith("in_"):
            self._api.call(self._api.v1.invoices.void_invoice, trade.handle)
            return
        session = self._find(trade)
        if session is not None:
            self._api.call(self._api.v1.checkout.sessions.expire, session["id"])


def _params_of(attempt: AttemptView) -> dict[str, Any]:
    """What Stripe is told. Made of the attempt alone and of no clock, because a repeat has to be the same to the byte."""
    metadata = {TRADE_NO: attempt.out_trade_no}
    params: dict[str, Any] = {
        "mode": "payment",
        "payment_method_types": ["card"],
        "client_reference_id": attempt.out_trade_no,
        "metadata": metadata,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": CURRENCY,
                    "unit_amount": attempt.amount_fen,
                    "product_data": {"name": attempt.subject},
                },
            }
        ],
        "payment_intent_data": {
            "metadata": metadata,
            "description": attempt.subject,
            "statement_descriptor_suffix": _STATEMENT_SUFFIX,
        },
        "adaptive_pricing": {"enabled": False},
        "locale": "zh",
        "success_url": attempt.return_url,
        "cancel_url": attempt.return_url,
        # At the end of what we hold we close the page ourselves; this is for the day on which we cannot.
        "expires_at": int((attempt.payable_until + _SHORTEST).timestamp()),
    }
    if attempt.payable_until + _SHORTEST > datetime.now(UTC) + _LONGEST:
        del params["expires_at"]
    return params
