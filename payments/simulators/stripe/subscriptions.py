"""Customers, subscriptions and their invoices: money by the company's own calendar."""

import calendar
from datetime import UTC, datetime

from payments.simulators.stripe.cards import CARDS, Card
from payments.simulators.stripe.errors import ApiError, CardRefused, missing
from payments.simulators.stripe.form import Params, boolean, metadata_of, only, whole
from payments.simulators.stripe.house import House
from payments.simulators.stripe.payments import card_method, new_intent, try_card
from payments.simulators.stripe.store import Thing

_DAY = 24 * 3600
#: A debit that failed is tried again after this many days each; after the last, the subscription ends.
_RETRY_DAYS = (1, 3, 5)
_WARNING = 3 * _DAY


def _months_later(at: int, months: int) -> int:
    """The same day of a later month, or its last."""
    day = datetime.fromtimestamp(at, UTC)
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return int(day.replace(year=year, month=month, day=min(day.day, last)).timestamp())


def begin_subscription(house: House, session: Thing, card: Card) -> Thing:
    """The payer left a card: the trial begins, or the first period is paid. Raises CardRefused."""
    data, item, now = session["_subscription"], session["_item"], house.now()
    trial = whole(data, "trial_period_days", 0)
    customer = house.store.add(
        "cus",
        object="customer",
        created=now,
        metadata={},
        livemode=False,
        invoice_settings={"default_payment_method": None},
    )
    ends = now + trial * _DAY if trial else _months_later(now, item["months"])
    subscription = house.store.add(
        "sub",
        object="subscription",
        cancel_at=None,
        cancel_at_period_end=False,
        canceled_at=None,
        collection_method="charge_automatically",
        created=now,
        currency="cny",
        customer=customer["id"],
        default_payment_method=card_method(house, card)["id"],
        description=data.get("description"),
        ended_at=None,
        items={"object": "list", "has_more": False, "data": []},
        latest_invoice=None,
        livemode=False,
        metadata=metadata_of(data),
        start_date=now,
        status="trialing" if trial else "active",
        trial_start=now if trial else None,
        trial_end=ends if trial else None,
        _item=item,
        _retries=0,
        _warned=not trial,
    )
    _set_period(house, subscription, now, ends)
    _bill(house, subscription, 0 if trial else item["amount"], reason="subscription_create")
    house.tell("customer.subscription.created", subscription)
    return subscription


def _set_period(house: House, subscription: Thing, starts: int, ends: int) -> None:
    item = subscription["_item"]
    subscription["items"]["data"] = [
        {
            "id": "si_" + subscription["id"].removeprefix("sub_"),
            "object": "subscription_item",
            "current_period_start": starts,
            "current_period_end": ends,
            "quantity": 1,
            "price": {
                "object": "price",
                "currency": "cny",
                "unit_amount": item["amount"],
                "recurring": {"interval": "month", "interval_count": item["months"]},
            },
        }
    ]
    warns = not subscription["_warned"]
    subscription["_due"] = max(starts + 1, ends - _WARNING) if warns else ends
    house.store.keep(subscription)


def _bill(house: House, subscription: Thing, amount: int, *, reason: str) -> Thing:
    """Make out the invoice of the current period and try to collect it."""
    period = subscription["items"]["data"][0]
    span = {"start": period["current_period_start"], "end": period["current_period_end"]}
    invoice = house.store.add(
        "in",
        object="invoice",
        amount_due=amount,
        amount_paid=0,
        amount_remaining=amount,
        attempt_count=0,
        billing_reason=reason,
        created=house.now(),
        currency="cny",
        customer=subscription["customer"],
        lines={
            "object": "list",
            "has_more": False,
            "data": [{"object": "line_item", "amount": amount, "period": span}],
        },
        livemode=False,
        next_payment_attempt=None,
        parent={
            "type": "subscription_details",
            "subscription_details": {"subscription": subscription["id"], "metadata": subscription["metadata"]},
        },
        payments={"object": "list", "has_more": False, "data": []},
        # The real one writes here the period before; what is paid for stands on the lines.
        period_start=house.now(),
        period_end=house.now(),
        status="open",
        status_transitions={"finalized_at": house.now(), "paid_at": None, "voided_at": None},
        total=amount,
    )
    subscription["latest_invoice"] = invoice["id"]
    house.store.keep(subscription)
    house.tell("invoice.created", invoice)
    house.tell("invoice.finalized", invoice)
    _collect(house, subscription, invoice)
    return invoice


def _collect(house: House, subscription: Thing, invoice: Thing) -> bool:
    """Try to debit an invoice; returns whether it is paid."""
    invoice["attempt_count"] += 1
    if invoice["total"]:
        intent = new_intent(
            house,
            amount=invoice["total"],
            data={"description": subscription["description"] or "Subscription creation"},
            customer=subscription["customer"],
        )
        row = {
            "object": "invoice_payment",
            "id": "inpay_" + intent["id"].removeprefix("pi_"),
            "invoice": invoice["id"],
            "payment": {"type": "payment_intent", "payment_intent": intent["id"]},
            "status": "open",
        }
        invoice["payments"]["data"].append(row)
        method = house.store.find(subscription["default_payment_method"])
        card = CARDS[method["card"]["last4"]] if method else CARDS["0341"]
        is_first = invoice["billing_reason"] == "subscription_create"
        try:
            try_card(house, intent, card, verified=True, debit=not is_first)
        except CardRefused:
            house.store.keep(invoice)
            house.tell("invoice.payment_failed", invoice)
            return False
        row["status"] = "paid"
    invoice |= {"status": "paid", "amount_paid": invoice["total"], "amount_remaining": 0, "next_payment_attempt": None}
    invoice["status_transitions"]["paid_at"] = house.now()
    house.store.keep(invoice)
    house.tell("invoice.paid", invoice)
    return True


def period_is_over(house: House, subscription: Thing) -> None:
    """What a subscription's calendar says for this moment."""
    if subscription["status"] in ("canceled", "incomplete_expired"):
        return
    period = subscription["items"]["data"][0]
    if not subscription["_warned"]:
        subscription["_warned"] = True
        subscription["_due"] = period["current_period_end"]
        house.tell("customer.subscription.trial_will_end", subscription)
    elif subscription["status"] == "past_due":
        _try_again(house, subscription)
    elif subscription["cancel_at_period_end"]:
        _end(house, subscription)
    else:
        starts = period["current_period_end"]
        _set_period(house, subscription, starts, _months_later(starts, subscription["_item"]["months"]))
        subscription["status"] = "active"
        invoice = _bill(house, subscription, subscription["_item"]["amount"], reason="subscription_cycle")
        if invoice["status"] != "paid":
            _fall_behind(house, subscription, invoice)
        house.tell("customer.subscription.updated", subscription)


def _fall_behind(house: House, subscription: Thing, invoice: Thing) -> None:
    subscription["status"] = "past_due"
    subscription["_due"] = house.now() + _RETRY_DAYS[subscription["_retries"]] * _DAY
    subscription["_retries"] += 1
    invoice["next_payment_attempt"] = subscription["_due"]
    house.store.keep(invoice)
    house.store.keep(subscription)


def _try_again(house: House, subscription: Thing) -> None:
    invoice = house.store.find(subscription["latest_invoice"])
    if invoice is None or invoice["status"] != "open":
        return
    if _collect(house, subscription, invoice):
        subscription |= {"status": "active", "_retries": 0}
        subscription["_due"] = subscription["items"]["data"][0]["current_period_end"]
        house.tell("customer.subscription.updated", subscription)
    elif subscription["_retries"] < len(_RETRY_DAYS):
        _fall_behind(house, subscription, invoice)
    else:
        _end(house, subscription)


def _end(house: House, subscription: Thing) -> None:
    subscription |= {"status": "canceled", "canceled_at": house.now(), "ended_at": house.now()}
    subscription.pop("_due", None)
    house.store.keep(subscription)
    house.tell("customer.subscription.deleted", subscription)


def find_subscription(house: House, number: str) -> Thing:
    """The subscription. Raises ApiError."""
    subscription = house.store.find(number)
    if subscription is None or subscription["object"] != "subscription":
        raise missing("subscription", number)
    return subscription


def update_subscription(house: House, subscription: Thing, params: Params) -> Thing:
    """Whether it goes on, and its metadata. Raises ApiError."""
    only(params, "cancel_at_period_end", "metadata")
    if subscription["status"] == "canceled":
        raise ApiError(400, "A canceled subscription can only update its cancellation_details and metadata.")
    if "cancel_at_period_end" in params:
        subscription["cancel_at_period_end"] = boolean(params, "cancel_at_period_end")
        ends = subscription["items"]["data"][0]["current_period_end"]
        subscription["cancel_at"] = ends if subscription["cancel_at_period_end"] else None
        subscription["canceled_at"] = house.now() if subscription["cancel_at_period_end"] else None
    subscription["metadata"] = subscription["metadata"] | metadata_of(params)
    house.store.keep(subscription)
    house.tell("customer.subscription.updated", subscription)
    return subscription


def cancel_subscription(house: House, subscription: Thing) -> Thing:
    """End it at once. Raises ApiError when it has ended."""
    if subscription["status"] == "canceled":
        # The real one knows nothing of it any more.
        raise missing("subscription", subscription["id"])
    _end(house, subscription)
    return subscription


def change_card(house: House, subscription: Thing, last4: str) -> None:
    """The payer's card is another one from now on."""
    subscription["default_payment_method"] = card_method(house, CARDS[last4])["id"]
    house.store.keep(subscription)


def find_invoice(house: House, number: str) -> Thing:
    """The invoice. Raises ApiError."""
    invoice = house.store.find(number)
    if invoice is None or invoice["object"] != "invoice":
        raise missing("invoice", number)
    return invoice


def void_invoice(house: House, invoice: Thing) -> Thing:
    """The merchant gives a bill up. Raises ApiError when it is not open."""
    if invoice["status"] != "open":
        raise ApiError(400, f"You can only void open invoices. This one is {invoice['status']}.")
    invoice["status"] = "void"
    invoice["status_transitions"]["voided_at"] = house.now()
    house.store.keep(invoice)
    house.tell("invoice.voided", invoice)
    return invoice
