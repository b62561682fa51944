"""Alipay's 周期扣款: the payer agrees once, and we take the money every period.

Alipay's own sandbox has no such product: only our simulator tries this.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alipay.aop.api.request.AlipayTradePayRequest import AlipayTradePayRequest
from alipay.aop.api.request.AlipayUserAgreementPageSignRequest import AlipayUserAgreementPageSignRequest
from alipay.aop.api.request.AlipayUserAgreementQueryRequest import AlipayUserAgreementQueryRequest
from alipay.aop.api.request.AlipayUserAgreementUnsignRequest import AlipayUserAgreementUnsignRequest

from payments.gateways.alipay.part import Part
from payments.gateways.alipay.sdk import require_done
from payments.gateways.alipay.wire import ROYALTY_FREEZE, clean_subject, fen_of, time_of, yuan_text
from payments.gateways.base import AttemptView, GatewayUnclear, NextAction, Redirect, TradeRef, TradeStatus, Truth
from payments.gateways.recurring import AgreementRef, AgreementStatus, AgreementTruth, AgreementView

_PRODUCT = {"personal_product_code": "CYCLE_PAY_AUTH_P", "sign_scene": "INDUSTRY|DEFAULT_SCENE"}
_LAST_DAY = 28
_UNDER_WAY = "10003"
_NO_AGREEMENT = "USER_AGREEMENT_NOT_EXIST"
_PAID_ALREADY = "ACQ.TRADE_HAS_SUCCESS"
_STATUS = {
    "TEMP": AgreementStatus.WAITING,
    "NORMAL": AgreementStatus.SIGNED,
    "STOP": AgreementStatus.ENDED,
    "UNSIGN": AgreementStatus.ENDED,
}


def first_day(day: date) -> date:
    """The day from which Alipay lets us take money: it knows none after the 28th of a month.

    Clamped backwards, because we never take money before our own calendar says so.
    """
    return day.replace(day=min(day.day, _LAST_DAY))


class Agreements(Part):
    """Implements payments.gateways.recurring.ChargingGateway."""

    def sign_agreement(self, agreement: AgreementView) -> NextAction:
        """The signed address of the page on which the payer agrees; nobody is contacted yet."""
        request = AlipayUserAgreementPageSignRequest()
        request.biz_content = _PRODUCT | {
            "product_code": "CYCLE_PAY_AUTH",
            "external_agreement_no": agreement.out_agreement_no,
            "external_logon_id": agreement.payer_ref,
            "access_params": {"channel": "ALIPAYAPP" if agreement.is_phone else "QRCODEORSMS"},
            "period_rule_params": {
                "period_type": "MONTH",
                "period": str(agreement.period_months),
                "execute_time": first_day(agreement.first_charge_on).isoformat(),
                "single_amount": yuan_text(agreement.amount_fen),
            },
        }
        request.notify_url = agreement.notify_url
        request.return_url = agreement.return_url
        return Redirect(self._client.page_url_of(request))

    def query_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        """The agreement as it is now. One that Alipay knows no more was ended, if it was ever signed."""
        request = AlipayUserAgreementQueryRequest()
        request.biz_content = _PRODUCT | {"external_agreement_no": agreement.out_agreement_no}
        answer = self._client.answer_of(request)
        if answer.get("sub_code") == _NO_AGREEMENT:
            known = bool(agreement.provider_ref)
            return AgreementTruth(AgreementStatus.ENDED if known else AgreementStatus.NOT_FOUND, agreement.provider_ref)
        require_done(answer)
        if answer.get("external_agreement_no") != agreement.out_agreement_no:
            raise GatewayUnclear("the answer is about another agreement")
        status = _STATUS.get(answer.get("status", ""))
        if status is None:
            raise GatewayUnclear(f"unknown agreement status {answer.get('status')!r}")
        return _truth(status, answer)

    def end_agreement(self, agreement: AgreementRef) -> AgreementTruth:
        """No more debits, at once; ENDED also when it was over already or never signed."""
        request = AlipayUserAgreementUnsignRequest()
        request.biz_content = _PRODUCT | {"external_agreement_no": agreement.out_agreement_no}
        answer = self._client.answer_of(request)
        if answer.get("sub_code") != _NO_AGREEMENT:
            require_done(answer)
        return AgreementTruth(AgreementStatus.ENDED, agreement.provider_ref)

    def announce_charge(self, agreement: AgreementRef, *, out_trade_no: str, amount_fen: int, on: date) -> None:
        """Nothing to do: Alipay wants no word of a debit beforehand. The payer hears of it from us."""

    def charge_agreement(self, agreement: AgreementRef, attempt: AttemptView) -> Truth:
        """Take the money now; the same out_trade_no again takes it once."""
        request = AlipayTradePayRequest()
        content: dict[str, Any] = {
            "out_trade_no": attempt.out_trade_no,
            "total_amount": yuan_text(attempt.amount_fen),
            "subject": clean_subject(attempt.subject),
            "product_code": "CYCLE_PAY_AUTH",
            "agreement_params": {"agreement_no": agreement.provider_ref},
        }
        if attempt.splits:
            content["extend_params"] = ROYALTY_FREEZE
        request.biz_content = content
        request.notify_url = attempt.notify_url
        answer = self._client.answer_of(request)
        if answer.get("sub_code") == _PAID_ALREADY:
            return self.query(TradeRef(attempt.out_trade_no))
        if answer.get("code") == _UNDER_WAY:
            return Truth(TradeStatus.WAITING, provider_ref=answer.get("trade_no", ""))
        require_done(answer)
        if answer.get("out_trade_no") != attempt.out_trade_no:
            raise GatewayUnclear("the answer is about another trade")
        return Truth(
            status=TradeStatus.PAID,
            amount_fen=fen_of(answer["total_amount"]),
            provider_ref=answer.get("trade_no", ""),
            paid_at=time_of(answer["gmt_payment"]) if answer.get("gmt_payment") else None,
            foreign=self._foreign(answer),
        )

    def query(self, trade: TradeRef) -> Truth:
        """The trade as it is now; the gateway itself knows how."""
        raise NotImplementedError


def _truth(status: AgreementStatus, answer: Mapping[str, Any]) -> AgreementTruth:
    signed_text = answer.get("sign_time", "")
    return AgreementTruth(
        status=status,
        provider_ref=answer.get("agreement_no", ""),
        instrument=answer.get("alipay_user_id") or answer.get("principal_id", ""),
        signed_at=time_of(signed_text) if signed_text else None,
    )
