"""Money from our Alipay account to a partner's, in certificate mode alone."""

from alipay.aop.api.request.AlipayFundTransCommonQueryRequest import AlipayFundTransCommonQueryRequest
from alipay.aop.api.request.AlipayFundTransUniTransferRequest import AlipayFundTransUniTransferRequest

from payments.gateways.accounting import PayoutStatus, PayoutTruth, PayoutView
from payments.gateways.alipay.part import Part
from payments.gateways.alipay.sdk import require_done
from payments.gateways.alipay.wire import clean_subject, yuan_text
from payments.gateways.base import GatewayRefused, GatewayUnclear

_PRODUCT = {"product_code": "TRANS_ACCOUNT_NO_PWD", "biz_scene": "DIRECT_TRANSFER"}
_NOT_THERE = "ORDER_NOT_EXIST"
_BUSINESS_NO = "40004"
#: Said of a transfer that may yet go through: no reason to send it under another number.
_UNDER_WAY = {"REQUEST_PROCESSING", "SYSTEM_ERROR"}
_STATUS = {
    "SUCCESS": PayoutStatus.SUCCEEDED,
    "DEALING": PayoutStatus.PROCESSING,
    "WAIT_PAY": PayoutStatus.PROCESSING,
    "FAIL": PayoutStatus.FAILED,
    "CLOSED": PayoutStatus.FAILED,
    # Gone out and come back again: the partner does not have it.
    "REFUND": PayoutStatus.FAILED,
}


class Transfers(Part):
    """Implements payments.gateways.accounting.PayingOutGateway."""

    def send_payout(self, payout: PayoutView) -> PayoutTruth:
        """Send it once per out_payout_no. FAILED with Alipay's code is definite: nothing was sent."""
        self._require_certificates()
        request = AlipayFundTransUniTransferRequest()
        request.biz_content = _PRODUCT | {
            "out_biz_no": payout.out_payout_no,
            "trans_amount": yuan_text(payout.amount_fen),
            "order_title": clean_subject(payout.subject),
            "payee_info": {
                "identity_type": "ALIPAY_LOGON_ID",
                "identity": payout.account,
                "name": payout.name,
            },
        }
        answer = self._client.answer_of(request)
        if answer.get("code") == _BUSINESS_NO:
            code = answer.get("sub_code", "")
            if code in _UNDER_WAY:
                raise GatewayUnclear(code)
            return PayoutTruth(PayoutStatus.FAILED, reason=code)
        return _truth(answer, payout.out_payout_no)

    def query_payout(self, out_payout_no: str) -> PayoutTruth:
        """The payout as it is now."""
        self._require_certificates()
        request = AlipayFundTransCommonQueryRequest()
        request.biz_content = _PRODUCT | {"out_biz_no": out_payout_no}
        answer = self._client.answer_of(request)
        if answer.get("sub_code") == _NOT_THERE:
            return PayoutTruth(PayoutStatus.NOT_FOUND)
        return _truth(answer, out_payout_no)

    def _require_certificates(self) -> None:
        if not self._config.app_cert_serial:
            raise GatewayRefused("NO_CERTIFICATE")


def _truth(answer: dict[str, str], out_payout_no: str) -> PayoutTruth:
    require_done(answer)
    status = _STATUS.get(answer.get("status", ""))
    if status is None or answer.get("out_biz_no") != out_payout_no:
        raise GatewayUnclear(f"cannot read the answer: {answer.get('status')!r}")
    reason = answer.get("error_code") or answer["status"] if status == PayoutStatus.FAILED else ""
    return PayoutTruth(status, answer.get("order_id", ""), reason)
