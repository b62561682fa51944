"""What orders, refunds and contracts look like in answers and messages."""

from typing import Any

from payments.simulators.wechat.keys import APP_ID, MCHID
from payments.simulators.wechat.notifier import News
from payments.simulators.wechat.records import CLOSED, SUCCESS, TERMINATED, Contract, Order, Refund
from payments.simulators.wechat.times import rfc3339

_STATE_WORDS = {
    "SUCCESS": "支付成功",
    "REFUND": "转入退款",
    "NOTPAY": "订单未支付",
    "CLOSED": "订单已关闭",
    "PAYERROR": "支付失败",
    "ACCEPT": "已接收，等待扣款",
}


def order_answer(order: Order) -> dict[str, Any]:
    """An order as a query shows it. An unpaid one has no transaction_id."""
    answer: dict[str, Any] = {
        "appid": APP_ID,
        "mchid": MCHID,
        "out_trade_no": order.out_trade_no,
        "trade_state": order.trade_state,
        "trade_state_desc": _STATE_WORDS[order.trade_state],
        "amount": {"total": order.total_fen, "currency": "CNY"},
        "attach": "",
    }
    if order.paid_at:
        answer |= {
            "transaction_id": order.transaction_id,
            "trade_type": order.trade_type,
            "bank_type": "OTHERS",
            "success_time": rfc3339(order.paid_at),
            "payer": {"openid": order.openid},
        }
        answer["amount"] |= {"payer_total": order.total_fen, "payer_currency": "CNY"}
    return answer


def order_news(order: Order) -> News:
    """An order was paid, or a debit failed."""
    is_paid = bool(order.paid_at)
    # The message tells of the payment: refunds since do not change it.
    content = order_answer(order) | {"trade_state": SUCCESS if is_paid else order.status}
    event = "TRANSACTION.SUCCESS" if is_paid else "TRANSACTION.FAIL"
    return News(event, "transaction", content, "支付成功" if is_paid else "支付失败")


def refund_answer(order: Order, refund: Refund) -> dict[str, Any]:
    """A refund as the interface shows it."""
    answer: dict[str, Any] = {
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "transaction_id": order.transaction_id,
        "out_trade_no": order.out_trade_no,
        "channel": "ORIGINAL",
        "user_received_account": "招商银行信用卡0403",
        "create_time": rfc3339(refund.created_at),
        "status": refund.status,
        "amount": {
            "total": order.total_fen,
            "refund": refund.fen,
            "payer_total": order.total_fen,
            "payer_refund": refund.fen,
            "settlement_refund": refund.fen,
            "settlement_total": order.total_fen,
            "discount_refund": 0,
            "currency": "CNY",
        },
    }
    if refund.status == SUCCESS:
        answer["success_time"] = rfc3339(refund.done_at)
    return answer


def refund_news(order: Order, refund: Refund) -> News:
    """A refund came to its end."""
    amounts = {
        "total": order.total_fen,
        "refund": refund.fen,
        "payer_total": order.total_fen,
        "payer_refund": refund.fen,
    }
    content = {
        "mchid": MCHID,
        "transaction_id": order.transaction_id,
        "out_trade_no": order.out_trade_no,
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "refund_status": refund.status,
        "user_received_account": "招商银行信用卡0403",
        "amount": amounts,
    }
    if refund.status == SUCCESS:
        content["success_time"] = rfc3339(refund.done_at)
    words = {SUCCESS: "退款成功", CLOSED: "退款关闭"}.get(refund.status, "退款异常")
    return News(f"REFUND.{refund.status}", "refund", content, words)


def contract_answer(contract: Contract) -> dict[str, Any]:
    """A contract as a query shows it."""
    answer: dict[str, Any] = {
        "mchid": MCHID,
        "appid": APP_ID,
        "contract_id": contract.contract_id,
        "plan_id": contract.plan_id,
        "out_contract_code": contract.out_contract_code,
        "contract_display_account": contract.display_account,
        "contract_state": contract.state,
        "contract_signed_time": rfc3339(contract.signed_at),
        "openid": contract.openid,
        "out_user_code": contract.out_user_code,
    }
    if contract.state == TERMINATED:
        answer["contract_terminate_info"] = {
            "contract_termination_mode": contract.terminated_by,
            "contract_terminated_time": rfc3339(contract.terminated_at),
        }
    return answer


def contract_news(contract: Contract) -> News:
    """A contract was signed or ended."""
    is_over = contract.state == TERMINATED
    content = {
        "mchid": MCHID,
        "appid": APP_ID,
        "plan_id": contract.plan_id,
        "contract_id": contract.contract_id,
        "out_contract_code": contract.out_contract_code,
        "openid": contract.openid,
        "contract_state": contract.state,
        "operate_time": rfc3339(contract.terminated_at if is_over else contract.signed_at),
    }
    event = "ENTRUST.TERMINATE" if is_over else "ENTRUST.SIGN"
    return News(event, "entrust", content, "委托代扣解约通知" if is_over else "委托代扣签约通知")
