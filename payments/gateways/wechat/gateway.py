"""WeChat Pay: code, H5 and JSAPI payment, query, close, refund, notifications, debits, bills."""

import secrets
import time
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from wechatpayv3 import WeChatPay, WeChatPayType

from payments.enums import Method
from payments.gateways.accounting import BillLine
from payments.gateways.base import (
    AttemptView,
    BadSignature,
    Caps,
    GatewayRefused,
    GatewayUnclear,
    JsApi,
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
from payments.gateways.recurring import AgreementRef, AgreementTruth, AgreementView
from payments.gateways.wechat import identifying
from payments.gateways.wechat.agreements import Agreements
from payments.gateways.wechat.bills import bill_of
from payments.gateways.wechat.config import WechatConfig, read_config
from payments.gateways.wechat.messages import hint_of
from payments.gateways.wechat.sdk import WechatClient, yes_of
from payments.gateways.wechat.signing import NotSigned
from payments.gateways.wechat.trades import refund_truth_of, truth_of
from payments.gateways.wechat.wire import clean_text, time_text

_KINDS = {
    Method.QR: (WeChatPayType.NATIVE, "code_url"),
    Method.H5: (WeChatPayType.H5, "h5_url"),
    Method.JSAPI: (WeChatPayType.JSAPI, "prepay_id"),
}
#: WeChat takes no order that ends sooner.
_SHORTEST = timedelta(seconds=65)


def build_gateway(settings: Mapping[str, str]) -> "WechatGateway":
    """The gateway of a settings dict. Raises ImproperlyConfigured. Nobody is contacted yet."""
    return WechatGateway(read_config(settings))


class WechatGateway:
    """Implements payments.gateways.base.Gateway, ChargingGateway, BillingGateway and IdentifyingGateway."""

    code = "wechat"

    def __init__(self, config: WechatConfig) -> None:
        self._config = config
        self._client = WechatClient(config)
        self._agreements = Agreements(config, self._client)
        self._ours = {"mchid": config.mchid, "appid": config.app_id}
        self.caps = Caps(
            methods=frozenset(_KINDS),
            recurring=Recurring.WE_CHARGE if config.plan_id else Recurring.NONE,
            debit_notice_days=2,
            bills=True,
        )

    def create(self, attempt: AttemptView) -> NextAction:
        """A code to scan, an address for a phone's browser, or the arguments for the WeChat app around the page."""
        if attempt.payable_until - timezone.now() < _SHORTEST:
            raise GatewayRefused("TOO_LATE", "WeChat takes no order that ends within a minute")
        kind, found_as = _KINDS[attempt.method]
        answer = self._client.answer_of(
            WeChatPay.pay,
            pay_type=kind,
            description=clean_text(attempt.subject),
            out_trade_no=attempt.out_trade_no,
            amount={"total": attempt.amount_fen, "currency": "CNY"},
            time_expire=time_text(attempt.payable_until),
            notify_url=attempt.notify_url,
            settle_info={"profit_sharing": True} if attempt.splits else None,
            **_about_payer(attempt),
        )
        if answer.code == "ORDERPAID":
            raise GatewayUnclear(answer.code)
        found = str(yes_of(answer).get(found_as, ""))
        if not found:
            raise GatewayUnclear(f"no {found_as}")
        return self._action(attempt, found)

    def _action(self, attempt: AttemptView, found: str) -> NextAction:
        if attempt.method == Method.QR:
            return Qr(found)
        if attempt.method == Method.H5:
            # Where WeChat sends the payer back to; it says nothing about whether it was paid.
            joiner = "&" if "?" in found else "?"
            return Redirect(f"{found}{joiner}redirect_url={quote(attempt.return_url, safe='')}")
        return self._bridge_arguments(found)

    def _bridge_arguments(self, prepay_id: str) -> JsApi:
        stamp, nonce, package = str(int(time.time())), secrets.token_hex(16), f"prepay_id={prepay_id}"
        return JsApi(
            {
                "appId": self._config.app_id,
                "timeStamp": stamp,
                "nonceStr": nonce,
                "package": package,
                "signType": "RSA",
                "paySign": self._client.signature_of(self._config.app_id, stamp, nonce, package),
            }
        )

    def query(self, trade: TradeRef) -> Truth:
        """The trade as it is now."""
        answer = self._client.answer_of(WeChatPay.query, out_trade_no=trade.out_trade_no)
        if answer.code == "ORDER_NOT_EXIST":
            return Truth(TradeStatus.NOT_FOUND)
        return truth_of(yes_of(answer), out_trade_no=trade.out_trade_no, ours=self._ours)

    def close(self, trade: TradeRef) -> Truth:
        """Close the trade; one that is paid or closed already is told as it is."""
        answer = self._client.answer_of(WeChatPay.close, out_trade_no=trade.out_trade_no)
        if answer.code == "ORDER_NOT_EXIST":
            return Truth(TradeStatus.NOT_FOUND)
        if answer.code in ("ORDERPAID", "ORDER_CLOSED"):
            return self.query(trade)
        yes_of(answer)
        return Truth(TradeStatus.CLOSED)

    def refund(self, refund: RefundView) -> RefundTruth:
        """Ask for a refund, once per out_refund_no; WeChat carries it out later."""
        answer = self._client.answer_of(
            WeChatPay.refund,
            out_refund_no=refund.out_refund_no,
            out_trade_no=refund.out_trade_no,
            amount={"refund": refund.amount_fen, "total": refund.captured_fen, "currency": "CNY"},
            reason=clean_text(refund.reason)[:26],
            notify_url=refund.notify_url or None,
        )
        return refund_truth_of(yes_of(answer), out_refund_no=refund.out_refund_no)

    def query_refund(self, refund: RefundView) -> RefundTruth:
        """The refund as it is now."""
        answer = self._client.answer_of(WeChatPay.query_refund, out_refund_no=refund.out_refund_no)
        if answer.code == "RESOURCE_NOT_EXISTS":
            return RefundTruth(RefundStatus.NOT_FOUND)
        return refund_truth_of(yes_of(answer), out_refund_no=refund.out_refund_no)

    def parse_webhook(self, headers: Mapping[str, str], raw: bytes) -> WebhookHint:
        """Verify and open a notification, failing closed, and reduce it to a hint."""
        try:
            event, content = self._client.message_of(headers, raw)
        except NotSigned as fault:
            raise BadSignature(str(fault)) from fault
        return hint_of(event, content, ours=self._ours)

    def acknowledgement(self, *, kept: bool) -> tuple[int, str]:
        """204, or a refusal to be told again."""
        return (204, "") if kept else (401, '{"code":"FAIL","message":""}')

    def bill(self, day: date) -> Iterable[BillLine]:
        """All payments and refunds of a Shanghai day with WeChat's fee."""
        return bill_of(self._client, day)

    def sign_agreement(self, agreement: AgreementView) -> NextAction:
        """Open WeChat's page on which the payer agrees."""
        return self._agreements.sign(agreement)

    def query_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        """The agreement as it is now."""
        return self._agreements.query(agreement)

    def end_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        """No more debits, at once."""
        return self._agreements.end(agreement)

    def announce_charge(self, agreement: AgreementRef, *, out_trade_no: str, amount_fen: int, on: date) -> None:
        """Have WeChat announce a debit; see payments.gateways.wechat.agreements for when."""
        self._agreements.announce(agreement, amount_fen=amount_fen, on=on)

    def charge_agreement(self, agreement: AgreementRef, attempt: AttemptView) -> Truth:
        """Have the money taken; `query` tells later how it went."""
        return self._agreements.charge(agreement, attempt)

    def identifying_url(self, *, return_url: str, state: str) -> str:
        """WeChat's page that silently comes back with a code for the payer's openid."""
        return identifying.page_url(self._config, return_url=return_url, state=state)

    def payer_of(self, code: str) -> str:
        """The openid that a code stands for."""
        return identifying.openid_of(self._config, code)


def _about_payer(attempt: AttemptView) -> dict[str, Any]:
    """What WeChat wants to know of the payer, by method. Raises GatewayRefused where we do not know it."""
    if attempt.method == Method.JSAPI:
        if not attempt.openid:
            raise GatewayRefused("NO_OPENID", "the payer's openid is not known")
        return {"payer": {"openid": attempt.openid}}
    if attempt.method == Method.H5:
        if not attempt.payer_ip:
            raise GatewayRefused("NO_IP", "the payer's address is not known")
        return {"scene_info": {"payer_client_ip": attempt.payer_ip, "h5_info": {"type": "Wap"}}}
    return {}
