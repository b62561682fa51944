"""Money back to a card."""

from payments.gateways.base import GatewayRefused, GatewayUnclear, RefundStatus, RefundTruth, RefundView
from payments.gateways.stripe.reading import REFUND_NO, TRADE_NO, id_of, number_in, truth_of_refund
from payments.gateways.stripe.sdk import ReplayedFailure, StripeApi

#: How many failures on Stripe's side are answered with a key of their own; each only after the list showed no refund.
_KEYS = 5


class Refunds:
    """The part of the gateway that deals with refunds."""

    _api: StripeApi

    def refund(self, refund: RefundView) -> RefundTruth:
        """Refund once per out_refund_no. It may be on its way for days, and may fail after it succeeded."""
        params = {
            "payment_intent": self._payment_of(refund),
            "amount": refund.amount_fen,
            "reason": "requested_by_customer",
            "metadata": {REFUND_NO: refund.out_refund_no, TRADE_NO: refund.out_trade_no},
        }
        for turn in range(1, _KEYS + 1):
            key = refund.out_refund_no if turn == 1 else f"{refund.out_refund_no}:{turn}"
            try:
                return truth_of_refund(self._api.call(self._api.v1.refunds.create, params, key=key))
            except ReplayedFailure:
                # The key repeats a failure for a day. Whether money moved is told by the list, which does not lag.
                truth = self.query_refund(refund)
                if truth.status != RefundStatus.NOT_FOUND:
                    return truth
        raise GatewayUnclear("every key of this refund met a failure")

    def query_refund(self, refund: RefundView) -> RefundTruth:
        """The refund as it is now, found by our number among those of its payment."""
        params = {"payment_intent": self._payment_of(refund), "limit": 100}
        for row in self._api.all(self._api.v1.refunds.list, params):
            if number_in(row, REFUND_NO) == refund.out_refund_no:
                return truth_of_refund(row)
        return RefundTruth(RefundStatus.NOT_FOUND)

    def _payment_of(self, refund: RefundView) -> str:
        if refund.provider_ref:
            return refund.provider_ref
        session = self._api.call(self._api.v1.checkout.sessions.retrieve, refund.handle)
        payment = id_of(session.get("payment_intent"))
        if not payment:
            raise GatewayRefused("not_paid")
        return payment
