"""Payment intents, charges and what they leave in the merchant's balance."""

from typing import Any

from payments.simulators.stripe.cards import CARDS, Card
from payments.simulators.stripe.errors import CardRefused
from payments.simulators.stripe.house import House
from payments.simulators.stripe.store import Thing

#: What the company keeps of a charge, and of a dispute.
_FEE_PERMILLE, _FEE_FIXED = 34, 235
DISPUTE_FEE = 11000
_SLOW_SECONDS = 1800


def fee_of(amount: int) -> int:
    """The company's share of a charge."""
    return amount * _FEE_PERMILLE // 1000 + _FEE_FIXED


def card_method(house: House, card: Card) -> Thing:
    """A card that a customer left."""
    return house.store.add(
        "pm",
        object="payment_method",
        type="card",
        created=house.now(),
        card={"brand": card.brand, "last4": card.last4, "fingerprint": card.fingerprint, "country": "CN"},
        livemode=False,
    )


def new_intent(house: House, *, amount: int, data: dict[str, Any], customer: str | None = None) -> Thing:
    """A payment that waits for a card."""
    return house.store.add(
        "pi",
        object="payment_intent",
        amount=amount,
        amount_received=0,
        currency="cny",
        created=house.now(),
        customer=customer,
        description=data.get("description"),
        metadata=data.get("metadata") or {},
        statement_descriptor_suffix=data.get("statement_descriptor_suffix"),
        latest_charge=None,
        last_payment_error=None,
        payment_method=None,
        payment_method_types=["card"],
        status="requires_payment_method",
        livemode=False,
    )


def try_card(house: House, intent: Thing, card: Card, *, verified: bool = False, debit: bool = False) -> str:
    """Pay with a card; returns the intent's new status. Raises CardRefused, and the intent stays payable."""
    intent["payment_method"] = card_method(house, card)["id"]
    if card.asks and not verified and not debit:
        _move(house, intent, "requires_action")
        house.tell("payment_intent.requires_action", intent)
        return "requires_action"
    try:
        card.require_money(debit=debit)
    except CardRefused as refusal:
        refuse(house, intent, card, refusal)
        raise
    if card.slow:
        intent["_due"] = house.now() + _SLOW_SECONDS
        _move(house, intent, "processing")
        house.tell("payment_intent.processing", intent)
        return "processing"
    succeed(house, intent)
    return "succeeded"


def refuse(house: House, intent: Thing, card: Card, refusal: CardRefused) -> None:
    """The bank said no."""
    charge = _charge(house, intent, card, status="failed")
    charge |= {"failure_code": refusal.code, "failure_message": refusal.decline_code, "paid": False}
    house.store.keep(charge)
    intent["latest_charge"] = charge["id"]
    error = {"type": "card_error", "code": refusal.code, "decline_code": refusal.decline_code}
    intent["last_payment_error"] = error
    _move(house, intent, "requires_payment_method")
    house.tell("charge.failed", charge)
    house.tell("payment_intent.payment_failed", intent)


def succeed(house: House, intent: Thing) -> None:
    """The money is there."""
    method = house.store.find(intent["payment_method"] or "")
    card = CARDS[method["card"]["last4"]] if method else CARDS["4242"]
    charge = _charge(house, intent, card, status="succeeded")
    line = house.book("charge", "charge", amount=charge["amount"], fee=fee_of(charge["amount"]), source=charge["id"])
    charge["balance_transaction"] = line["id"]
    house.store.keep(charge)
    intent |= {"latest_charge": charge["id"], "amount_received": intent["amount"], "last_payment_error": None}
    _move(house, intent, "succeeded")
    house.tell("charge.succeeded", charge)
    house.tell("payment_intent.succeeded", intent)


def cancel_intent(house: House, intent: Thing) -> None:
    """Its page is over."""
    if intent["status"] not in ("succeeded", "processing", "canceled"):
        _move(house, intent, "canceled")
        house.tell("payment_intent.canceled", intent)


def _move(house: House, intent: Thing, status: str) -> None:
    intent["status"] = status
    house.store.keep(intent)


def _charge(house: House, intent: Thing, card: Card, *, status: str) -> Thing:
    return house.store.add(
        "ch",
        object="charge",
        amount=intent["amount"],
        amount_captured=intent["amount"] if status == "succeeded" else 0,
        amount_refunded=0,
        balance_transaction=None,
        calculated_statement_descriptor=f"DEMO* {intent['statement_descriptor_suffix'] or ''}".strip(),
        captured=status == "succeeded",
        created=house.now(),
        currency="cny",
        customer=intent["customer"],
        description=intent["description"],
        disputed=False,
        failure_code=None,
        livemode=False,
        # Copied when the card is charged, as the real one does.
        metadata=dict(intent["metadata"]),
        paid=status == "succeeded",
        payment_intent=intent["id"],
        payment_method=intent["payment_method"],
        payment_method_details={"type": "card", "card": {"last4": card.last4, "fingerprint": card.fingerprint}},
        refunded=False,
        status=status,
    )
