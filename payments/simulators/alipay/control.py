"""Commands for tests and the curious, as JSON under /__control/."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from payments.simulators.alipay.agreements import Agreement
from payments.simulators.alipay.house import House
from payments.simulators.alipay.trades import Trade

_ON_AGREEMENTS: dict[str, Callable[[House, dict[str, Any]], Agreement]] = {
    "sign": lambda house, about: house.sign(about["external_no"], about.get("wallet", "a")),
    "unsign": lambda house, about: house.end_agreement(about["external_no"]),
    "wallet": lambda house, about: house.agreements.set_wallet(about["external_no"], about["state"]),
}


def dump(trade: Trade) -> dict[str, Any]:
    """A trade as JSON."""
    return asdict(trade) | {"refunded_fen": trade.refunded_fen}


_READ: dict[str, Callable[[House], dict[str, Any]]] = {
    "trades": lambda house: {"trades": {no: dump(house.book.get(no)) for no in list(house.book.trades)}},
    "agreements": lambda house: {"agreements": {no: asdict(one) for no, one in house.agreements.agreements.items()}},
    "transfers": lambda house: {"transfers": {no: asdict(one) for no, one in house.transfers.transfers.items()}},
    "messages": lambda house: {
        "made": house.notifier.made,
        "deliveries": house.notifier.deliveries,
        "calls": house.calls,
    },
}


def command(house: House, action: str, body: bytes) -> dict[str, Any]:
    """Carry a command out. Raises KeyError, ValueError, TypeError or TradeError for a wrong one."""
    about = json.loads(body or b"{}")
    if action in _READ:
        return _READ[action](house)
    if action in _ON_AGREEMENTS:
        return {"agreement": asdict(_ON_AGREEMENTS[action](house, about))}
    if action == "faults":
        house.faults.obey(about)
    elif action == "clock":
        house.clock.advance(float(about["advance"]))
    elif action == "scale":
        house.notifier.scale = float(about["scale"])
    elif action == "payee":
        house.transfers.payees[about["account"]] = about["name"]
    elif action == "reset":
        house.reset()
    else:
        if action == "hand_refund":
            return {"trade": dump(house.refund_by_hand(about["out_trade_no"], int(about["fen"])))}
        acts = {"pay": house.pay, "pay_late": house.pay_late, "finish": house.book.finish}
        return {"trade": dump(acts[action](about["out_trade_no"]))}
    return {"now": house.clock.now()}
