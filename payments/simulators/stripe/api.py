"""The API for merchants: keys, idempotency, expansion and lists, with commanded faults."""

import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from payments.simulators.stripe import disputes, refunds, sessions, subscriptions
from payments.simulators.stripe.errors import ApiError, missing, wrong_param
from payments.simulators.stripe.form import Params, read_form, whole
from payments.simulators.stripe.house import API_VERSION, House
from payments.simulators.stripe.store import Thing


@dataclass(frozen=True)
class Call:
    """One request as it came: `number` is the id in its path."""

    method: str
    path: str
    params: Params
    key: str
    base_url: str
    number: str = ""
    fault: str = ""


@dataclass
class Answer:
    """One answer: status, body and what stands in its head."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[House, Call], Thing]
#: By what lists can be narrowed.
_FILTERS = ("payment_intent", "charge", "subscription", "customer", "type")


def _list_of(kind: str) -> Handler:
    def listed(house: House, call: Call) -> Thing:
        rows = [row for row in house.store.of(kind) if _fits(row, call.params)]
        rows = _since(rows, call.params.get("created"))
        after = call.params.get("starting_after")
        if after:
            numbers = [row["id"] for row in rows]
            if after not in numbers:
                raise missing(kind, str(after))
            rows = rows[numbers.index(after) + 1 :]
        limit = whole(call.params, "limit", 10)
        if not 1 <= limit <= 100:
            raise wrong_param("limit", "Limit must be between 1 and 100")
        return {"object": "list", "url": call.path, "has_more": len(rows) > limit, "data": rows[:limit]}

    return listed


def _fits(row: Thing, params: Params) -> bool:
    wanted = {name: params[name] for name in _FILTERS if name in params}
    if "subscription" in wanted and row["object"] == "invoice":
        ref = wanted.pop("subscription")
        if row["parent"]["subscription_details"]["subscription"] != ref:
            return False
    return all(row.get(name) == value for name, value in wanted.items())


def _since(rows: list[Thing], created: Any) -> list[Thing]:
    bounds = created if isinstance(created, dict) else {}
    lowest, end = whole(bounds, "gte", 0), whole(bounds, "lt", 10**11)
    # Newest first; what was made in the same second, in the order in which it was made.
    return sorted((row for row in rows if lowest <= row["created"] < end), key=lambda row: -row["created"])


def _retrieved(kind: str) -> Handler:
    def found(house: House, call: Call) -> Thing:
        thing = house.store.find(call.number)
        if thing is None or thing.get("object") != kind:
            raise missing(kind, call.number)
        return thing

    return found


_ROUTES: tuple[tuple[str, str, str, Handler], ...] = (
    ("POST", "checkout/sessions", "sessions.create", lambda h, c: sessions.create_session(h, c.params, c.base_url)),
    ("GET", "checkout/sessions", "sessions.list", _list_of("checkout.session")),
    ("GET", "checkout/sessions/{id}", "sessions.retrieve", _retrieved("checkout.session")),
    ("POST", "checkout/sessions/{id}/expire", "sessions.expire",
     lambda h, c: sessions.expire_session(h, sessions.find_session(h, c.number))),
    ("GET", "payment_intents/{id}", "payment_intents.retrieve", _retrieved("payment_intent")),
    ("GET", "charges/{id}", "charges.retrieve", _retrieved("charge")),
    ("POST", "refunds", "refunds.create", lambda h, c: refunds.create_refund(h, c.params, pending=c.fault == "pending")),
    ("GET", "refunds", "refunds.list", _list_of("refund")),
    ("GET", "refunds/{id}", "refunds.retrieve", _retrieved("refund")),
    ("GET", "customers/{id}", "customers.retrieve", _retrieved("customer")),
    ("GET", "subscriptions/{id}", "subscriptions.retrieve", _retrieved("subscription")),
    ("POST", "subscriptions/{id}", "subscriptions.update",
     lambda h, c: subscriptions.update_subscription(h, subscriptions.find_subscription(h, c.number), c.params)),
    ("DELETE", "subscriptions/{id}", "subscriptions.cancel",
     lambda h, c: subscriptions.cancel_subscription(h, subscriptions.find_subscription(h, c.number))),
    ("GET", "invoices", "invoices.list", _list_of("invoice")),
    ("GET", "invoices/{id}", "invoices.retrieve", _retrieved("invoice")),
    ("POST", "invoices/{id}/void", "invoices.void",
     lambda h, c: subscriptions.void_invoice(h, subscriptions.find_invoice(h, c.number))),
    ("GET", "disputes/{id}", "disputes.retrieve", _retrieved("dispute")),
    ("POST", "disputes/{id}", "disputes.update",
     lambda h, c: disputes.answer_dispute(h, disputes.find_dispute(h, c.number), c.params)),
    ("GET", "balance_transactions", "balance_transactions.list", _list_of("balance_transaction")),
    ("GET", "events", "events.list", _list_of("event")),
)  # fmt: skip
_COMPILED = [
    (method, re.compile("/v1/" + pattern.replace("{id}", r"(\w+)")), name, handler)
    for method, pattern, name, handler in _ROUTES
]


def answer_call(house: House, environ: dict[str, Any], body: bytes, base_url: str) -> Answer:
    """The answer to a merchant's request, as faults leave it."""
    try:
        _check_merchant(house, environ)
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        name, handler, number = _route(method, path)
        text = environ.get("QUERY_STRING", "") if method == "GET" else body.decode("utf-8")
        with house.lock:
            house.calls.append(name)
            house.received.append(f"{name} {number} {text}")
        fault = house.faults.take(name)
        kind = fault.kind if fault else ""
        key = environ.get("HTTP_IDEMPOTENCY_KEY", "") if method == "POST" else ""
        call = Call(method, path, read_form(text), key, base_url, number, kind)
        answer = _carried_out(house, call, handler)
        if fault and fault.seconds:
            time.sleep(fault.seconds)
        answer = _spoiled(answer, kind)
    except ApiError as error:
        answer = _refusal(error)
    answer.headers.setdefault("Request-Id", f"req_{secrets.token_hex(8)}")
    answer.headers["Stripe-Version"] = API_VERSION
    return answer


def _check_merchant(house: House, environ: dict[str, Any]) -> None:
    if environ.get("HTTP_AUTHORIZATION") != f"Bearer {house.secret_key}":
        raise ApiError(401, "Invalid API Key provided.", is_kept=False)
    if environ.get("HTTP_STRIPE_VERSION", API_VERSION) != API_VERSION:
        raise ApiError(400, f"This simulator speaks {API_VERSION} alone.", is_kept=False)


def _route(method: str, path: str) -> tuple[str, Handler, str]:
    for wanted, pattern, name, handler in _COMPILED:
        match = pattern.fullmatch(path)
        if wanted == method and match:
            return name, handler, match[1] if match.groups() else ""
    raise ApiError(404, f"Unrecognized request URL ({method}: {path}).", is_kept=False)


def _carried_out(house: House, call: Call, handler: Handler) -> Answer:
    """Do it once per key: the first answer is kept, a failure too, and other parameters are refused."""
    if call.fault == "rate_limit":
        raise ApiError(429, "Too many requests", code="rate_limit", is_kept=False)
    if call.fault == "conflict":
        raise ApiError(409, "Another request with this key is in progress.", kind="idempotency_error", is_kept=False)
    if call.fault == "http_503":
        return Answer(503, '{"error": {"type": "api_error", "message": "Unavailable"}}')
    with house.lock:
        house.pass_time()
        before = house.store.find(f"key:{call.key}") if call.key else None
        digest = house.digest(json.dumps([call.method, call.path, call.params], sort_keys=True))
        if before is not None:
            return _replayed(before, digest)
        try:
            answer = _first(house, call, handler)
        except ApiError as error:
            if not error.is_kept:
                raise
            answer = _refusal(error)
        if call.key:
            house.store.keep(
                {"id": f"key:{call.key}", "_digest": digest, "_status": answer.status, "_body": answer.body}
            )
    house.wake()
    return answer


def _replayed(before: Thing, digest: str) -> Answer:
    if before["_digest"] != digest:
        raise ApiError(
            400,
            "Keys for idempotent requests can only be used with the same parameters they were first used with.",
            kind="idempotency_error",
            is_kept=False,
        )
    return Answer(before["_status"], before["_body"], {"Idempotent-Replayed": "true"})


def _first(house: House, call: Call, handler: Handler) -> Answer:
    failure = Answer(500, '{"error": {"type": "api_error", "message": "Something went wrong on our end."}}')
    if call.fault == "http_500":
        return failure
    thing = handler(house, call)
    if call.fault == "http_500_done":
        return failure
    return Answer(200, json.dumps(_shown(house, thing, call.params), ensure_ascii=False))


def _shown(house: House, thing: Thing, params: Params) -> Thing:
    paths = params.get("expand") or []
    if thing["object"] != "list":
        return house.store.shown(thing, list(paths))
    inner = [path.removeprefix("data.") for path in paths]
    return thing | {"data": [house.store.shown(row, inner) for row in thing["data"]]}


def _refusal(error: ApiError) -> Answer:
    return Answer(error.status, json.dumps({"error": error.error}, ensure_ascii=False))


def _spoiled(answer: Answer, kind: str) -> Answer:
    if kind == "lost_answer":
        return Answer(504, "<html>Gateway Timeout</html>")
    if kind == "garbage":
        return Answer(200, '{"what": [')
    changes = {"wrong_amount": {"amount_total": 1}, "wrong_currency": {"currency": "usd"}, "live": {"livemode": True}}
    if kind in changes and answer.status == 200:
        return Answer(200, json.dumps(json.loads(answer.body) | changes[kind]), answer.headers)
    return answer
