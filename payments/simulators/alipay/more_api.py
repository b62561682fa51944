"""Calls beyond single trades: debits by agreement, agreements, bills, transfers."""

from datetime import date
from typing import Any

from payments.simulators.alipay.agreements import Agreement
from payments.simulators.alipay.house import House
from payments.simulators.alipay.incoming import RequestError, fen_of_amount, offer_of, trade_number_of
from payments.simulators.alipay.trades import WAITING
from payments.simulators.alipay.transfers import Transfer
from payments.simulators.amounts import yuan
from payments.simulators.clock import as_text

Content = dict[str, Any]
_TRANSFER_PRODUCT = ("TRANS_ACCOUNT_NO_PWD", "DIRECT_TRANSFER")


def debit(house: House, params: dict[str, str], content: Content, _base: str) -> dict[str, str]:
    """alipay.trade.pay by an agreement, the only way of paying without the payer that this merchant has."""
    if content.get("product_code") != "CYCLE_PAY_AUTH":
        raise RequestError("isv.invalid-parameter", "product_code 与接口不符")
    number = trade_number_of(content.get("agreement_params") or {}, "agreement_no")
    trade = house.debit(number, offer_of(house, params, content))
    answer = {
        "out_trade_no": trade.offer.out_trade_no,
        "trade_no": trade.trade_no,
        "total_amount": yuan(trade.offer.total_fen),
        "buyer_logon_id": "159****0000",
    }
    if trade.status == WAITING:
        return answer | {"code": "10003", "msg": " order success pay inprocess"}
    return answer | {"gmt_payment": as_text(trade.paid_at)}


def query_agreement(house: House, _params: dict[str, str], content: Content, _base: str) -> dict[str, str]:
    """An agreement as it stands."""
    return _about(house.agreements.get(trade_number_of(content, "external_agreement_no")))


def _about(agreement: Agreement) -> dict[str, str]:
    answer = {
        "external_agreement_no": agreement.external_no,
        "agreement_no": agreement.agreement_no,
        "personal_product_code": "CYCLE_PAY_AUTH_P",
        "status": agreement.status,
        "single_quota": yuan(agreement.rule.single_fen),
    }
    if agreement.signed_at:
        answer |= {"sign_time": as_text(agreement.signed_at), "alipay_user_id": agreement.user_id}
    return answer


def end_agreement(house: House, _params: dict[str, str], content: Content, _base: str) -> dict[str, str]:
    """The merchant ends an agreement."""
    house.end_agreement(trade_number_of(content, "external_agreement_no"))
    return {}


def bill_address(house: House, _params: dict[str, str], content: Content, base: str) -> dict[str, str]:
    """Where the bill of a day lies for a while."""
    if content.get("bill_type") != "trade":
        raise RequestError("isv.invalid-parameter", "bill_type 有误")
    try:
        day = date.fromisoformat(str(content.get("bill_date")))
    except ValueError:
        raise RequestError("isv.invalid-parameter", "bill_date 有误") from None
    trades = [house.book.get(number) for number in list(house.book.trades)]
    token = house.bills.make(day, trades, house.merchant.seller_id, house.faults.take("bill"))
    return {"bill_download_url": f"{base}/bill/{token}"}


def transfer(house: House, _params: dict[str, str], content: Content, _base: str) -> dict[str, str]:
    """Send money to somebody, once per out_biz_no."""
    _check_product(content)
    payee = content.get("payee_info") or {}
    if payee.get("identity_type") != "ALIPAY_LOGON_ID" or not payee.get("identity") or not payee.get("name"):
        raise RequestError("isv.missing-parameter", "收款方信息有误")
    wish = Transfer(
        out_biz_no=trade_number_of(content, "out_biz_no"),
        order_id="",
        fen=fen_of_amount(content.get("trans_amount")),
        account=payee["identity"],
        name=payee["name"],
        title=str(content.get("order_title", "")),
        at=house.clock.now(),
    )
    sent = house.transfers.send(wish, house.faults.take("transfer"))
    return _told(sent) | {"trans_date": as_text(sent.at)}


def query_transfer(house: House, _params: dict[str, str], content: Content, _base: str) -> dict[str, str]:
    """A transfer as it stands."""
    _check_product(content)
    return _told(house.transfers.find(trade_number_of(content, "out_biz_no")))


def _check_product(content: Content) -> None:
    if (content.get("product_code"), content.get("biz_scene")) != _TRANSFER_PRODUCT:
        raise RequestError("isv.invalid-parameter", "产品码或业务场景有误")


def _told(sent: Transfer) -> dict[str, str]:
    answer = {"out_biz_no": sent.out_biz_no, "order_id": sent.order_id, "status": sent.status}
    if sent.status == "FAIL":
        answer |= {"error_code": "PAYEE_ACCOUNT_STATUS_ERROR", "fail_reason": "收款方账户异常"}
    return answer
