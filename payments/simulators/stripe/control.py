"""Commands for tests and the curious, as JSON under /__control/."""

import json
from collections.abc import Callable
from typing import Any

from payments.simulators.stripe import disputes, refunds, sessions, subscriptions
from payments.simulators.stripe.cards import CARDS
from payments.simulators.stripe.house import House
from payments.simulators.stripe.store import Thing

About = dict[str, Any]


def _session(house: House, number: str) -> Thing:
    """The page that carries the merchant's number. Raises KeyError."""
    for session in house.store.of("checkout.session"):
        if number in (session["client_reference_id"], session["id"]):
            return session
    raise KeyError(number)


def _charge(house: House, about: About) -> Thing:
    ref = about.get("payment_intent") or _session(house, about["out_trade_no"])["payment_intent"]
    intent = house.store.find(ref or "")
    charge = house.store.find(intent["latest_charge"] or "") if intent else None
    if charge is None:
        raise KeyError(ref)
    return charge


def _subscription(house: House, about: About) -> Thing:
    return subscriptions.find_subscription(house, _session(house, about["out_agreement_no"])["subscription"] or "")


def _trade(house: House, session: Thing) -> About:
    intent = house.store.find(session["payment_intent"] or "")
    charge = house.store.find(intent["latest_charge"] or "") if intent else None
    return {
        "session": session["id"],
        "status": session["status"],
        "payment_status": session["payment_status"],
        "amount": session["amount_total"],
        "subject": session["_item"]["name"],
        "payment_intent": session["payment_intent"],
        "subscription": session["subscription"],
        "refunded_fen": charge["amount_refunded"] if charge else 0,
        "url": session["_page"],
    }


def _pay(house: House, about: About) -> About:
    """The payer enters a card that needs nothing more. A page that is paid or expired takes none: raises ValueError."""
    session = _session(house, about["out_trade_no"])
    if session["status"] != "open":
        raise ValueError(session["status"])
    return {"became": sessions.use_card(house, session, CARDS[about.get("card", "4242")], verified=True)}


def _dispute(house: House, about: About) -> About:
    opened = disputes.open_dispute(
        house,
        _charge(house, about),
        amount=int(about.get("amount", 0)),
        reason=str(about.get("reason", "")),
        inquiry=bool(about.get("inquiry")),
    )
    return {"dispute": opened}


def _decide(house: House, about: About) -> About:
    return {"dispute": disputes.decide_dispute(house, disputes.find_dispute(house, about["ref"]), about["status"])}


def _refund(house: House, about: About) -> About:
    return {
        "refund": refunds.end_refund(house, refunds.refund_numbered(house, about["out_refund_no"]), about["status"])
    }


def _foreign_refund(house: House, about: About) -> About:
    """Somebody refunds on the company's dashboard, without the merchant's software."""
    intent = _charge(house, about)["payment_intent"]
    return {"refund": refunds.create_refund(house, {"payment_intent": intent}, pending=False)}


def _card(house: House, about: About) -> About:
    subscriptions.change_card(house, _subscription(house, about), about["card"])
    return {}


def _trades(house: House, _about: About) -> About:
    oldest_first = [row for row in house.store.of("checkout.session") if "_page" in row][::-1]
    return {"trades": {row["client_reference_id"]: _trade(house, row) for row in oldest_first}}


def _messages(house: House, _about: About) -> About:
    notifier = house.notifier
    return {
        "made": notifier.made,
        "deliveries": notifier.deliveries,
        "calls": house.calls,
        "received": house.received,
        "endpoint": notifier.endpoint,
    }


def _signed(house: House, about: About) -> About:
    """A message as it would be sent, to be handed over by a test itself; without a `body` all that were made."""
    if "body" not in about:
        return {"made": [_as_sent(house, made["body"], "") for made in house.notifier.made]}
    return _as_sent(house, about["body"], about.get("kind", ""))


def _as_sent(house: House, event: str, kind: str) -> About:
    body, signature = house.notifier.signed(json.loads(event), kind)
    return {"body": body.decode(), "signature": signature}


def _objects(house: House, about: About) -> About:
    return {"objects": list(house.store.of(about["object"]))[::-1]}


def _faults(house: House, about: About) -> About:
    house.faults.obey(about)
    return {}


def _clock(house: House, about: About) -> About:
    house.clock.advance(float(about["advance"]))
    return {}


def _scale(house: House, about: About) -> About:
    house.notifier.scale = float(about["scale"])
    return {}


def _fill(house: House, about: About) -> About:
    """Many pages of other buyers."""
    for _ in range(int(about["count"])):
        house.store.add(
            "cs_test", object="checkout.session", client_reference_id=None, created=house.now(), status="open"
        )
    return {}


def _reset(house: House, _about: About) -> About:
    house.reset()
    return {}


_ACTIONS: dict[str, Callable[[House, About], About]] = {
    "trades": _trades,
    "messages": _messages,
    "signed": _signed,
    "objects": _objects,
    "faults": _faults,
    "clock": _clock,
    "scale": _scale,
    "fill": _fill,
    "reset": _reset,
    "pay": _pay,
    "dispute": _dispute,
    "decide": _decide,
    "refund": _refund,
    "foreign_refund": _foreign_refund,
    "card": _card,
}


def command(house: House, action: str, body: bytes) -> About:
    """Carry a command out. Raises KeyError, ValueError, TypeError, ApiError or CardRefused for a wrong one."""
    with house.lock:
        answer = _ACTIONS[action](house, json.loads(body or b"{}"))
    house.wake()
    return answer | {"now": house.clock.now()}
