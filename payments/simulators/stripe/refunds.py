"""Money back to cards."""

from payments.simulators.stripe.errors import ApiError, missing
from payments.simulators.stripe.form import Params, metadata_of, only, whole
from payments.simulators.stripe.house import House
from payments.simulators.stripe.store import Thing

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create_refund(house: House, params: Params, *, pending: bool) -> Thing:
    """Refund a charge, whole or in part. Raises ApiError."""
    only(params, "payment_intent", "charge", "amount", "reason", "metadata")
    charge = _charge_of(house, params)
    if params.get("reason", _REASONS[0]) not in _REASONS:
        raise ApiError(400, "Invalid reason", param="reason", is_kept=False)
    left = charge["amount"] - charge["amount_refunded"]
    amount = whole(params, "amount", left)
    if charge["disputed"]:
        raise ApiError(
            400, f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
        )
    if not left:
        raise ApiError(400, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if amount <= 0 or amount > left:
        raise ApiError(
            400,
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            code="amount_too_large",
            param="amount",
        )
    refund = house.store.add(
        "re",
        object="refund",
        amount=amount,
        balance_transaction=None,
        charge=charge["id"],
        created=house.now(),
        currency="cny",
        failure_reason=None,
        metadata=metadata_of(params),
        payment_intent=charge["payment_intent"],
        reason=params.get("reason"),
        status="pending" if pending else "succeeded",
    )
    line = house.book("refund", "refund", amount=-amount, fee=0, source=refund["id"])
    refund["balance_transaction"] = line["id"]
    house.store.keep(refund)
    _change_charge(house, charge, amount)
    house.tell("refund.created", refund)
    house.tell("charge.refunded", charge)
    return refund


def _charge_of(house: House, params: Params) -> Thing:
    intent = house.store.find(str(params.get("payment_intent")))
    if intent is None or intent["object"] != "payment_intent":
        raise missing("payment_intent", str(params.get("payment_intent")))
    charge = house.store.find(intent["latest_charge"] or "")
    if charge is None or charge["status"] != "succeeded":
        raise ApiError(400, "This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
    return charge


def _change_charge(house: House, charge: Thing, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    house.store.keep(charge)


def end_refund(house: House, refund: Thing, status: str) -> Thing:
    """The payer's bank took a pending refund (succeeded), or sent it back (failed), even after it succeeded."""
    if status not in ("succeeded", "failed") or refund["status"] == "failed":
        raise ValueError(f"{refund['status']} cannot become {status}")
    refund["status"] = status
    if status == "failed":
        refund["failure_reason"] = "expired_or_canceled_card"
        house.book("refund_failure", "refund_failure", amount=refund["amount"], fee=0, source=refund["id"])
        charge = house.store.find(refund["charge"])
        assert charge is not None
        _change_charge(house, charge, -refund["amount"])
    house.store.keep(refund)
    house.tell("refund.updated", refund)
    if status == "failed":
        house.tell("refund.failed", refund)
    return refund


def refund_numbered(house: House, out_refund_no: str) -> Thing:
    """The refund that carries the merchant's number. Raises KeyError."""
    for refund in house.store.of("refund"):
        if refund["metadata"].get("out_refund_no") == out_refund_no:
            return refund
    raise KeyError(out_refund_no)
