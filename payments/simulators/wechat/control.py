"""Commands for tests and the curious, as JSON under /__control/."""

import json
from collections.abc import Callable
from typing import Any

from payments.simulators.wechat.bills import fee_fen
from payments.simulators.wechat.house import House
from payments.simulators.wechat.records import dump

About = dict[str, Any]


def command(house: House, action: str, body: bytes) -> About:
    """Carry a command out. Raises KeyError, ValueError, TypeError or WechatError for a wrong one."""
    return _COMMANDS[action](house, json.loads(body or b"{}")) or {"now": house.clock.now()}


def _trades(house: House, _about: About) -> About:
    orders = {no: dump(house.orders.get(no)) for no in list(house.orders.orders)}
    return {"trades": {no: order | {"fee_fen": fee_fen(order["total_fen"])} for no, order in orders.items()}}


def _contracts(house: House, _about: About) -> About:
    return {"contracts": {no: dump(contract) for no, contract in house.contracts.contracts.items()}}


def _messages(house: House, _about: About) -> About:
    shown = ("id", "url", "body", "event_type", "headers")
    made = [{name: getattr(message, name) for name in shown} for message in house.notifier.made]
    return {"made": made, "deliveries": house.notifier.deliveries, "calls": house.calls}


def _faults(house: House, about: About) -> None:
    house.faults.obey(about)


def _clock(house: House, about: About) -> None:
    house.clock.advance(float(about["advance"]))


def _scale(house: House, about: About) -> None:
    house.notifier.scale = float(about["scale"])


def _reset(house: House, _about: About) -> None:
    house.reset()


def _pay(house: House, about: About) -> About:
    return {"trade": dump(house.pay(about["out_trade_no"]))}


def _pay_late(house: House, about: About) -> About:
    return {"trade": dump(house.pay_late(about["out_trade_no"]))}


def _refunds(house: House, about: About) -> None:
    """What the next refunds turn into, and after how many seconds."""
    house.refunds.outcome = about.get("outcome", house.refunds.outcome)
    house.refunds.seconds = float(about.get("seconds", house.refunds.seconds))


def _person(house: House, about: About) -> About:
    house.people.become(about["name"])
    return {"openid": house.people.openid}


def _keys(house: House, about: About) -> About:
    """`notify`: public_key or certificate signs messages; `certificates`: given out or not; `rotate`: a new one."""
    house.notifier.seal_name = about.get("notify", house.notifier.seal_name)
    house.gives_certificates = bool(about.get("certificates", house.gives_certificates))
    return {"serial": house.seals.rotate() if about.get("rotate") else house.seals.certificates[-1].serial}


def _agreement(house: House, about: About) -> About:
    """Set a contract's `funds`; `act` sign or end plays the payer."""
    contract = house.contracts.contracts[about["out_contract_code"]]
    contract.funds = about.get("funds", contract.funds)
    if about.get("act") == "sign":
        house.sign(contract)
    elif about.get("act") == "end":
        house.terminate(contract, "USER")
    house.debit_seconds = float(about.get("debit_seconds", house.debit_seconds))
    return {"contract": dump(contract)}


def _hours(house: House, about: About) -> None:
    house.contracts.keeps_hours = bool(about["kept"])


_COMMANDS: dict[str, Callable[[House, About], About | None]] = {
    "trades": _trades,
    "contracts": _contracts,
    "messages": _messages,
    "faults": _faults,
    "clock": _clock,
    "scale": _scale,
    "reset": _reset,
    "pay": _pay,
    "pay_late": _pay_late,
    "refunds": _refunds,
    "person": _person,
    "keys": _keys,
    "agreement": _agreement,
    "hours": _hours,
}
