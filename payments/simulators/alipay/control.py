"""Commands for tests and the curious, as JSON under /__control/."""

import json
from dataclasses import asdict
from typing import Any

from payments.simulators.alipay.house import House
from payments.simulators.alipay.trades import Trade
from payments.simulators.faults import Fault


def dump(trade: Trade) -> dict[str, Any]:
    """A trade as JSON."""
    return asdict(trade) | {"refunded_fen": trade.refunded_fen}


def command(house: House, action: str, body: bytes) -> dict[str, Any]:
    """Carry a command out. Raises KeyError, ValueError, TypeError or TradeError for a wrong one."""
    about = json.loads(body or b"{}")
    if action == "trades":
        return {"trades": {no: dump(house.book.get(no)) for no in list(house.book.trades)}}
    if action == "messages":
        return {
            "made": house.notifier.made,
            "deliveries": house.notifier.deliveries,
            "calls": house.calls,
        }
    if action == "faults":
        house.faults.add(Fault(**about))
    elif action == "clock":
        house.clock.advance(float(about["advance"]))
    elif action == "scale":
        house.notifier.scale = float(about["scale"])
    elif action == "reset":
        house.reset()
    else:
        acts = {"pay": house.pay, "pay_late": house.pay_late, "finish": house.book.finish}
        return {"trade": dump(acts[action](about["out_trade_no"]))}
    return {"now": house.clock.now()}
