"""Alipay: page, WAP and QR payment, query, close, refund, notifications. Agreements, bills and transfers stand beside."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from alipay.aop.api.request.AlipayTradeCloseRequest import AlipayTradeCloseRequest
from alipay.aop.api.request.AlipayTradeFastpayRefundQueryRequest import (
    AlipayTradeFastpayRefundQueryRequest,
)
from alipay.aop.api.request.AlipayTradePagePayRequest import AlipayTradePagePayRequest
from alipay.aop.api.request.AlipayTradePrecreateRequest import AlipayTradePrecreateRequest
from alipay.aop.api.request.AlipayTradeQueryRequest import AlipayTradeQueryRequest
from alipay.aop.api.request.AlipayTradeRefundRequest import AlipayTradeRefundRequest
from alipay.aop.api.request.AlipayTradeWapPayRequest import AlipayTradeWapPayRequest

from payments.enums import EventAbout, Method
from payments.gateways.alipay.agreements import Agreements
from payments.gateways.alipay.bills import Bills
from payments.gateways.alipay.config import read_config
from payments.gateways.alipay.sdk import require_done
from payments.gateways.alipay.signing import canonical_forms, is_signed
from payments.gateways.alipay.transfers import Transfers
from payments.gateways.alipay.wire import ROYALTY_FREEZE, clean_subject, fen_of, time_of, time_text, yuan_text
from payments.gateways.base import (
    AttemptView,
    BadSignature,
    Caps,
    GatewayUnclear,
    NextAction,
    Qr,
    Recurring,
    Redirect,
    RefundStatus,
    RefundTruth,
    RefundView,
    TradeRef,
    TradeStatus,
    Truth,
    WebhookHint,
)

_NO_TRADE = "ACQ.TRADE_NOT_EXIST"
_WRONG_STATE = "ACQ.TRADE_STATUS_ERROR"
_PAID_ALREADY = "ACQ.TRADE_HAS_SUCCESS"
_STATUS = {
    "WAIT_BUYER_PAY": TradeStatus.WAITING,
    "TRADE_SUCCESS": TradeStatus.PAID,
    "TRADE_FINISHED": TradeStatus.PAID,
    "TRADE_CLOSED": TradeStatus.CLOSED,
}


def build_gateway(settings: Mapping[str, str]) -> "AlipayGateway":
    """The gateway of a settings dict. Raises ImproperlyConfigured."""
    return AlipayGateway(read_config(settings))


class AlipayGateway(Agreements, Bills, Transfers):
    """Implements payments.gateways.base.Gateway, and what its parts say."""

    code = "alipay"
    caps = Caps(methods=frozenset({Method.PAGE, Method.WAP, Method.QR}), recurring=Recurring.WE_CHARGE, bills=True)

    def create(self, attempt: AttemptView) -> NextAction:
        """A signed cashier address (nobody is contacted yet) or a code from precreate."""
        content: dict[str, Any] = {
            "out_trade_no": attempt.out_trade_no,
            "total_amount": yuan_text(attempt.amount_fen),
            "subject": clean_subject(attempt.subject),
            "time_expire": time_text(attempt.payable_until),
        }
        if attempt.splits:
            content["extend_params"] = ROYALTY_FREEZE
        if attempt.method == Method.QR:
            return self._precreate(attempt, content)
        if attempt.method == Method.WAP:
            request = AlipayTradeWapPayRequest()
            content |= {"product_code": "QUICK_WAP_WAY", "quit_url": attempt.return_url}
        else:
            request = AlipayTradePagePayRequest()
            content |= {"product_code": "FAST_INSTANT_TRADE_PAY"}
        request.biz_content = content
        request.notify_url = attempt.notify_url
        request.return_url = attempt.return_url
        return Redirect(self._client.page_url_of(request))

    def _precreate(self, attempt: AttemptView, content: dict[str, Any]) -> Qr:
        request = AlipayTradePrecreateRequest()
        request.biz_content = content
        request.notify_url = attempt.notify_url
        answer = self._client.answer_of(request)
        if answer.get("sub_code") == _PAID_ALREADY:
            raise GatewayUnclear(_PAID_ALREADY)
        require_done(answer)
        return Qr(answer["qr_code"])

    def query(self, trade: TradeRef) -> Truth:
        """The trade as it is now."""
        out_trade_no = trade.out_trade_no
        request = AlipayTradeQueryRequest()
        request.biz_content = {"out_trade_no": out_trade_no}
        answer = self._client.answer_of(request)
        if answer.get("sub_code") == _NO_TRADE:
            return Truth(TradeStatus.NOT_FOUND)
        require_done(answer)
        if answer.get("out_trade_no") != out_trade_no:
            raise GatewayUnclear("the answer is about another trade")
        return self._truth(answer)

    def _truth(self, answer: Mapping[str, Any]) -> Truth:
        status = _STATUS.get(answer.get("trade_status", ""))
        if status is None:
            raise GatewayUnclear(f"unknown trade status {answer.get('trade_status')!r}")
        paid_text = answer.get("send_pay_date", "")
        if status == TradeStatus.CLOSED and paid_text:
            # Paid and later refunded in full is closed too; that money did come.
            status = TradeStatus.PAID
        return Truth(
            status=status,
            amount_fen=fen_of(answer["total_amount"]),
            provider_ref=answer.get("trade_no", ""),
            paid_at=time_of(paid_text) if paid_text else None,
            foreign=self._foreign(answer),
        )

    def close(self, trade: TradeRef) -> Truth:
        """Close the trade; one that is paid or closed already is told as it is."""
        request = AlipayTradeCloseRequest()
        request.biz_content = {"out_trade_no": trade.out_trade_no}
        answer = self._client.answer_of(request)
        if answer.get("sub_code") == _NO_TRADE:
            return Truth(TradeStatus.NOT_FOUND)
        if answer.get("sub_code") == _WRONG_STATE:
            return self.query(trade)
        require_done(answer)
        return Truth(TradeStatus.CLOSED)

    def refund(self, refund: RefundView) -> RefundTruth:
        """Refund once per out_refund_no."""
        request = AlipayTradeRefundRequest()
        request.biz_content = {
            "out_trade_no": refund.out_trade_no,
            "out_request_no": refund.out_refund_no,
            "refund_amount": yuan_text(refund.amount_fen),
            "refund_reason": clean_subject(refund.reason),
        }
        answer = self._client.answer_of(request)
        require_done(answer)
        if answer.get("fund_change") == "Y":
            # refund_fee in the answer is the total of all refunds, so the amount is our own.
            return RefundTruth(RefundStatus.SUCCEEDED, refund.amount_fen)
        return self.query_refund(refund)

    def query_refund(self, refund: RefundView) -> RefundTruth:
        """The refund as it is now; only REFUND_SUCCESS says that money moved."""
        request = AlipayTradeFastpayRefundQueryRequest()
        request.biz_content = {
            "out_trade_no": refund.out_trade_no,
            "out_request_no": refund.out_refund_no,
        }
        answer = self._client.answer_of(request)
        if answer.get("sub_code") == _NO_TRADE:
            return RefundTruth(RefundStatus.NOT_FOUND)
        require_done(answer)
        if answer.get("out_request_no") != refund.out_refund_no:
            return RefundTruth(RefundStatus.NOT_FOUND)
        if answer.get("refund_status") != "REFUND_SUCCESS":
            return RefundTruth(RefundStatus.PROCESSING)
        return RefundTruth(RefundStatus.SUCCEEDED, fen_of(answer["refund_amount"]))

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> WebhookHint:
        """Verify a notification, failing closed, and reduce it to a hint."""
        fields = self._verified(raw)
        try:
            if fields.get("notify_type", "").startswith("dut_user_"):
                return self._agreement_hint(fields)
            return WebhookHint(
                event_id=fields["notify_id"],
                kind=f"{fields.get('notify_type', '')}:{fields.get('trade_status', '')}"[:64],
                out_trade_no=fields["out_trade_no"],
                amount_fen=fen_of(fields["total_amount"]),
                foreign=self._foreign(fields),
            )
        except (KeyError, ValueError) as error:
            raise BadSignature("incomplete") from error

    def _agreement_hint(self, fields: Mapping[str, str]) -> WebhookHint:
        return WebhookHint(
            event_id=fields["notify_id"],
            kind=f"{fields['notify_type']}:{fields.get('status', '')}"[:64],
            out_trade_no="",
            foreign=self._foreign({name: fields[name] for name in ("app_id",) if name in fields}),
            about=EventAbout.AGREEMENT,
            ref=fields["external_agreement_no"],
        )

    def _verified(self, raw: bytes) -> dict[str, str]:
        try:
            pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict")
        except ValueError as error:
            raise BadSignature("unreadable") from error
        fields = dict(pairs)
        if len(fields) != len(pairs) or fields.get("sign_type") != "RSA2":
            raise BadSignature("malformed")
        signature = fields.get("sign", "")
        if not any(is_signed(self._config.public_key, form, signature) for form in canonical_forms(fields)):
            raise BadSignature("not signed by Alipay")
        return fields

    def acknowledgement(self, *, kept: bool) -> tuple[int, str]:
        """Exactly `success`, or anything else to be told again."""
        return (200, "success") if kept else (400, "failure")
