"""Checkout Sessions: the hosted page, from the merchant's call to the end."""

from payments.simulators.stripe.cards import Card
from payments.simulators.stripe.errors import ApiError, CardRefused, missing, wrong_param
from payments.simulators.stripe.form import Params, metadata_of, only, text_of, whole
from payments.simulators.stripe.house import House
from payments.simulators.stripe.payments import cancel_intent, new_intent, succeed, try_card
from payments.simulators.stripe.store import Thing
from payments.simulators.stripe.subscriptions import begin_subscription

_SHORTEST, _LONGEST = 30 * 60, 24 * 3600
_ENDPOINT = "/pay/notify/stripe/"
#: What the page shows when the payer did not get through the bank's check.
_NOT_VERIFIED = ("payment_intent_authentication_failure", "authentication_required", "没有通过银行验证")


def create_session(house: House, params: Params, base_url: str) -> Thing:
    """Open a page. Raises ApiError."""
    only(
        params, "mode", "payment_method_types", "client_reference_id", "metadata", "line_items", "payment_intent_data",
        "subscription_data", "adaptive_pricing", "locale", "success_url", "cancel_url", "expires_at", "customer",
        "customer_email", "payment_method_collection", "submit_type",
    )  # fmt: skip
    mode = text_of(params, "mode")
    if mode not in ("payment", "subscription"):
        raise wrong_param("mode", f"Invalid mode: {mode}")
    if params.get("payment_intent_data") and mode != "payment":
        raise wrong_param("payment_intent_data", "You can not pass `payment_intent_data` in `subscription` mode.")
    if params.get("subscription_data") and mode != "subscription":
        raise wrong_param("subscription_data", "You can not pass `subscription_data` in `payment` mode.")
    item = _item_of(params, mode)
    session = house.store.add(
        "cs_test",
        object="checkout.session",
        amount_subtotal=item["amount"],
        amount_total=item["amount"],
        cancel_url=params.get("cancel_url"),
        client_reference_id=params.get("client_reference_id"),
        created=house.now(),
        currency="cny",
        customer=None,
        expires_at=_end_of(house, params),
        livemode=False,
        locale=params.get("locale"),
        metadata=metadata_of(params),
        mode=mode,
        payment_intent=None,
        payment_method_types=["card"],
        payment_status="unpaid",
        status="open",
        subscription=None,
        success_url=text_of(params, "success_url", longest=5000),
        url=None,
        _item=item,
        _payment=params.get("payment_intent_data") or {},
        _subscription=params.get("subscription_data") or {},
    )
    session["url"] = session["_page"] = f"{base_url}/pay/{session['id']}"
    session["_due"] = session["expires_at"]
    _learn_endpoint(house, session["success_url"])
    return house.store.keep(session)


def _learn_endpoint(house: House, url: str) -> None:
    scheme, _, rest = url.partition("://")
    house.notifier.endpoint = f"{scheme}://{rest.split('/', 1)[0]}{_ENDPOINT}"


def _item_of(params: Params, mode: str) -> Thing:
    items = params.get("line_items")
    if not isinstance(items, list) or len(items) != 1:
        raise wrong_param("line_items", "This simulator sells one line at a time.")
    price = items[0].get("price_data") or {}
    if price.get("currency") != "cny":
        raise wrong_param("line_items[0][price_data][currency]", "Invalid currency")
    amount = whole(price, "unit_amount") * whole(items[0], "quantity", 1)
    if amount < 300 or amount > 99_999_999:
        raise wrong_param("line_items[0][price_data][unit_amount]", "Amount out of range", "amount_too_small")
    recurring = price.get("recurring")
    if (recurring is None) != (mode == "payment"):
        raise wrong_param("line_items", "The price does not fit the mode.")
    if recurring and recurring.get("interval") != "month":
        raise wrong_param("line_items", "This simulator counts in months.")
    months = whole(recurring, "interval_count", 1) if recurring else 0
    return {"amount": amount, "name": text_of(price.get("product_data") or {}, "name"), "months": months}


def _end_of(house: House, params: Params) -> int:
    ends = whole(params, "expires_at", house.now() + _LONGEST)
    if not _SHORTEST <= ends - house.now() <= _LONGEST:
        raise wrong_param(
            "expires_at",
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
        )
    return ends


def find_session(house: House, number: str) -> Thing:
    """The session. Raises ApiError."""
    session = house.store.find(number)
    if session is None or session["object"] != "checkout.session":
        raise missing("checkout.session", number)
    return session


def expire_session(house: House, session: Thing) -> Thing:
    """The merchant closes a page. Raises ApiError when it is not open."""
    if session["status"] != "open":
        raise ApiError(
            400, f'Only Checkout Sessions with a status in ["open"] can be expired. This has {session["status"]}.'
        )
    _expire(house, session)
    return house.store.keep(session)


def _expire(house: House, session: Thing) -> None:
    session |= {"status": "expired", "url": None}
    session.pop("_due", None)
    intent = house.store.find(session["payment_intent"] or "")
    if intent:
        cancel_intent(house, intent)
    house.tell("checkout.session.expired", session)


def time_is_over(house: House, session: Thing) -> None:
    """Nobody paid in time."""
    if session["status"] == "open":
        _expire(house, session)


def use_card(house: House, session: Thing, card: Card, *, verified: bool = False) -> str:
    """The payer enters a card; returns complete or challenge. Raises CardRefused, and the page stays open."""
    session.pop("_challenge", None)
    if session["mode"] == "subscription":
        return _leave_card(house, session, card, verified=verified)
    intent = house.store.find(session["payment_intent"] or "") or new_intent(
        house, amount=session["amount_total"], data=session["_payment"]
    )
    session["payment_intent"] = intent["id"]
    status = try_card(house, intent, card, verified=verified)
    if status == "requires_action":
        session["_challenge"] = card.last4
        house.store.keep(session)
        return "challenge"
    _complete(house, session, "paid" if status == "succeeded" else "unpaid")
    return "complete"


def _leave_card(house: House, session: Thing, card: Card, *, verified: bool) -> str:
    if card.asks and not verified:
        session["_challenge"] = card.last4
        house.store.keep(session)
        return "challenge"
    card.require_money(debit=False)
    subscription = begin_subscription(house, session, card)
    session |= {"subscription": subscription["id"], "customer": subscription["customer"]}
    _complete(house, session, "no_payment_required" if subscription["status"] == "trialing" else "paid")
    return "complete"


def fail_challenge(house: House, session: Thing) -> CardRefused:
    """The payer did not pass the bank's check; the page stays open."""
    session.pop("_challenge", None)
    refusal = CardRefused(*_NOT_VERIFIED)
    intent = house.store.find(session["payment_intent"] or "")
    if intent:
        intent |= {"status": "requires_payment_method", "last_payment_error": {"code": refusal.code}}
        house.store.keep(intent)
        house.tell("payment_intent.payment_failed", intent)
    house.store.keep(session)
    return refusal


def _complete(house: House, session: Thing, payment_status: str) -> None:
    session |= {"status": "complete", "payment_status": payment_status, "url": None}
    session.pop("_due", None)
    house.store.keep(session)
    house.tell("checkout.session.completed", session)


def slow_money(house: House, intent: Thing) -> None:
    """The bank pays at last."""
    succeed(house, intent)
    for session in house.store.of("checkout.session"):
        if session["payment_intent"] == intent["id"]:
            session["payment_status"] = "paid"
            house.store.keep(session)
            house.tell("checkout.session.async_payment_succeeded", session)
