"""A payer's bank asks for the money back: on command, for the demo and the tests."""

from payments.simulators.stripe.errors import ApiError, missing
from payments.simulators.stripe.form import Params, boolean, only
from payments.simulators.stripe.house import House
from payments.simulators.stripe.payments import DISPUTE_FEE
from payments.simulators.stripe.store import Thing

_ANSWER_DAYS = 9
_OPEN = ("needs_response", "under_review", "warning_needs_response", "warning_under_review")
_DECIDED = ("won", "lost", "warning_closed")


def open_dispute(house: House, charge: Thing, *, amount: int, reason: str, inquiry: bool) -> Thing:
    """The bank asks: the money and a fee are taken at once, unless it only inquires."""
    dispute = house.store.add(
        "du",
        object="dispute",
        amount=amount or charge["amount"],
        balance_transactions=[],
        charge=charge["id"],
        created=house.now(),
        currency="cny",
        evidence={"uncategorized_text": None},
        evidence_details={
            "due_by": house.now() + _ANSWER_DAYS * 86400,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        is_charge_refundable=inquiry,
        livemode=False,
        metadata={},
        payment_intent=charge["payment_intent"],
        reason=reason or "general",
        status="warning_needs_response" if inquiry else "needs_response",
    )
    charge["disputed"] = not inquiry
    house.store.keep(charge)
    house.tell("charge.dispute.created", dispute)
    if not inquiry:
        _move_money(house, dispute, -dispute["amount"], DISPUTE_FEE, "dispute")
        house.tell("charge.dispute.funds_withdrawn", dispute)
    return dispute


def _move_money(house: House, dispute: Thing, amount: int, fee: int, category: str) -> None:
    line = house.book("adjustment", category, amount=amount, fee=fee, source=dispute["id"])
    dispute["balance_transactions"].append(line)
    house.store.keep(dispute)


def dispute_of(house: House, payment_intent: str) -> Thing | None:
    """The newest dispute over a payment."""
    return next((row for row in house.store.of("dispute") if row["payment_intent"] == payment_intent), None)


def find_dispute(house: House, number: str) -> Thing:
    """The dispute. Raises ApiError."""
    dispute = house.store.find(number)
    if dispute is None or dispute["object"] != "dispute":
        raise missing("dispute", number)
    return dispute


def answer_dispute(house: House, dispute: Thing, params: Params) -> Thing:
    """The merchant's side; submitted once. Raises ApiError."""
    only(params, "evidence", "submit", "metadata")
    if dispute["status"] not in _OPEN:
        raise ApiError(400, "This dispute is already closed.", code="dispute_closed")
    if dispute["evidence_details"]["submission_count"]:
        raise ApiError(400, "This dispute's evidence has been submitted.", code="evidence_already_submitted")
    text = (params.get("evidence") or {}).get("uncategorized_text", "")
    dispute["evidence"]["uncategorized_text"] = text
    dispute["evidence_details"]["has_evidence"] = bool(text)
    if boolean(params, "submit"):
        dispute["evidence_details"]["submission_count"] = 1
        dispute["status"] = dispute["status"].replace("needs_response", "under_review")
    house.store.keep(dispute)
    house.tell("charge.dispute.updated", dispute)
    return dispute


def can_be_decided(dispute: Thing) -> bool:
    """Whether the bank has not decided."""
    return dispute["status"] not in _DECIDED


def decide_dispute(house: House, dispute: Thing, status: str) -> Thing:
    """The bank decides. Won: the money and the fee come back."""
    if status not in _DECIDED or not can_be_decided(dispute):
        raise ValueError(f"{dispute['status']} cannot become {status}")
    dispute["status"] = status
    house.store.keep(dispute)
    if status == "won":
        _move_money(house, dispute, dispute["amount"], -DISPUTE_FEE, "dispute_reversal")
        house.tell("charge.dispute.funds_reinstated", dispute)
    house.tell("charge.dispute.closed", dispute)
    return dispute
