"""All of payments against a model: any order of buyers, messages, faults and time.

The value spaces are tiny on purpose (one amount, two slots, three refund sizes): with wide ones,
mistakes hide. What the company keeps is asserted too, because a refund of ours can hide a double
charge from our own rows. Every mutant below is a mistake that the model must find.
"""

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from marketplace.core.errors import Refusal
from payments import services
from payments.enums import Client, Method, RefundReason
from payments.gateways import registry
from payments.gateways.base import TradeStatus
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, Refund
from payments.services import attempts, intents, refunding, settling
from tests.payments.model_gateway import ModelGateway, ModelTrade
from tests.payments.shop import Order, Shop
from tests.payments.till import Till

pytestmark = pytest.mark.timeout(280)
FEN = 100
PICK = st.integers(min_value=0, max_value=2)
STAGES = st.sampled_from(
    [
        "nothing",
        "started",
        "changed mind",
        "paid",
        "settled",
        "slot gone",
        "refund unclear",
        "refunded in part",
        "refund asked twice",
    ]
)
FAULT = st.sampled_from(["", "", "before", "after"])


class Payments(RuleBasedStateMachine):
    """Up to three orders on two slots; `world` is set by the test."""

    world: "World"

    def __init__(self) -> None:
        super().__init__()
        self.world.forget()
        self.shop, self.gateway = self.world.shop, self.world.gateway
        self.till = Till(self.shop, None, self.world.buyer)
        self.intents: list[PaymentIntent] = []
        self.patience_lost: set[int] = set()
        self.intent_of: dict[str, int] = {}
        self.asked: set[str] = set()

    def _intent(self, pick: int) -> PaymentIntent:
        return PaymentIntent.objects.get(pk=self.intents[pick % len(self.intents)].pk)

    def _trades(self, intent: PaymentIntent) -> list[ModelTrade]:
        if self.gateway.trades.keys() - self.intent_of.keys():
            self.intent_of |= dict(PaymentAttempt.objects.values_list("out_trade_no", "intent_id"))
        trades = self.gateway.trades.items()
        return [trade for number, trade in trades if self.intent_of[number] == intent.pk]

    @contextmanager
    def _fault(self, call: str, kind: str) -> Iterator[None]:
        if kind:
            self.gateway.faults[call] = kind
        with suppress(Refusal):
            yield
        self.gateway.faults.pop(call, None)

    @initialize(stage=STAGES)
    def begin(self, stage: str) -> None:
        """Start further along, or the deep mistakes are found too rarely."""
        stage = self.world.stage or stage
        if stage == "nothing":
            return
        self.order(1)
        self.start(0, Method.QR, "", "")
        if stage == "slot gone":
            self.time_passes(0, "before", patience=False)
            self.order(1)
            self.start(1, Method.QR, "", "")
        if stage == "changed mind":
            self.start(0, Method.PAGE, "", "before")
        pick = len(self.intents) - 1
        if stage not in ("started", "changed mind"):
            self.buyer_pays(pick)
        if stage in ("settled", "slot gone") or stage.startswith("refund"):
            self.message(pick, "")
        if stage.startswith("refund"):
            self.refund(
                pick, 60 if stage == "refunded in part" else 40, "a", "after" if stage == "refund unclear" else ""
            )
        if stage == "refund asked twice":
            self.refund(pick, 40, "a", "")

    @precondition(lambda self: len(self.intents) < 3)
    @rule(slot=st.sampled_from([1, 2]))
    def order(self, slot: int) -> None:
        if not self.shop.holders(slot):
            self.intents.append(self.till.owe(self.shop.place(amount_fen=FEN, slot=slot)))

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, method=st.sampled_from([Method.PAGE, Method.QR]), fault=FAULT, close_fault=FAULT)
    def start(self, pick: int, method: Method, fault: str, close_fault: str) -> None:
        with self._fault("create", fault), self._fault("close", close_fault):
            services.start_attempt(
                intent=self._intent(pick), gateway_code="alipay", method=method, client=Client.DESKTOP
            )

    @precondition(lambda self: self.intents)
    @rule(pick=PICK)
    def buyer_pays(self, pick: int) -> None:
        for trade in self._trades(self._intent(pick)):
            if trade.status == TradeStatus.WAITING:
                trade.status = TradeStatus.PAID

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, fault=FAULT)
    def message(self, pick: int, fault: str) -> None:
        for attempt in PaymentAttempt.objects.filter(intent=self._intent(pick)):
            with self._fault("query", fault), self._fault("refund", fault):
                services.settle_payment(out_trade_no=attempt.out_trade_no)

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, fault=FAULT, patience=st.booleans())
    def time_passes(self, pick: int, fault: str, patience: bool) -> None:
        intent = self._intent(pick)
        if not intent.is_open:
            return
        self.till.let_expire(intent, ago=timedelta(seconds=1 if patience else 1000))
        if not patience and fault:
            self.patience_lost.add(intent.pk)
        with self._fault("close", fault):
            services.expire_intent(intent_id=intent.pk)

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, fault=FAULT)
    def buyer_cancels(self, pick: int, fault: str) -> None:
        with self._fault("close", fault):
            services.cancel_intent(intent_id=self._intent(pick).pk)

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, fen=st.sampled_from([40, 60, 100]), key=st.sampled_from("ab"), fault=FAULT)
    def refund(self, pick: int, fen: int, key: str, fault: str) -> None:
        intent = self._intent(pick)
        with self._fault("refund", fault):
            services.request_refund(
                intent_id=intent.pk, amount_fen=fen, reason=RefundReason.GOODWILL, key=f"{intent.pk}{key}"
            )
            self.asked.add(f"{intent.pk}{key}")

    @rule()
    def reconcile(self) -> None:
        self.till.make_due()
        services.reconcile_due()

    @invariant()
    def at_most_one_way_to_pay(self) -> None:
        for intent in self.intents:
            trades = self._trades(intent)
            assert sum(t.status == TradeStatus.WAITING for t in trades) <= 1
            assert sum(t.status == TradeStatus.PAID for t in trades) <= 1

    @invariant()
    def nothing_ended_can_be_paid(self) -> None:
        for intent in PaymentIntent.objects.filter(state__in=["expired", "cancelled"]):
            if intent.pk not in self.patience_lost:
                assert all(t.status != TradeStatus.WAITING for t in self._trades(intent))

    @invariant()
    def slots_are_sold_once(self) -> None:
        for slot in (1, 2):
            assert sum(o.state == "paid" for o in self.shop.orders.values() if o.slot == slot) <= 1
        assert len(self.shop.accepted) == len(set(self.shop.accepted))

    @invariant()
    def no_more_back_than_came(self) -> None:
        for trade in self.gateway.trades.values():
            assert sum(trade.refunds.values()) <= trade.fen

    def teardown(self) -> None:
        self.gateway.faults.clear()
        for _ in range(2):
            self.reconcile()
        self.at_most_one_way_to_pay()
        self.slots_are_sold_once()
        self.no_more_back_than_came()
        for intent in self.intents:
            self._money_and_order_agree(self.shop.orders[intent.payable_id], intent)
        assert Refund.objects.filter(reason=RefundReason.GOODWILL).count() == len(self.asked)
        assert not PaymentAttempt.objects.filter(state__in=["created", "unknown"]).exists()

    def _money_and_order_agree(self, order: Order, intent: PaymentIntent) -> None:
        came = sum(t.fen for t in self._trades(intent) if t.status == TradeStatus.PAID)
        back = sum(sum(t.refunds.values()) for t in self._trades(intent))
        refunds = Refund.objects.filter(attempt__intent=intent)
        assert {r.state for r in refunds} <= {"succeeded"}
        assert back == sum(r.amount_fen for r in refunds)
        if order.state == "paid":
            asked = sum(r.amount_fen for r in refunds if r.reason == RefundReason.GOODWILL)
            assert (came, back) == (FEN, asked)
        else:
            assert came == back


class World:
    """What outlives one example: the buyer, and the places where shop and gateway are plugged in."""

    def __init__(self, buyer: Any, shop: Shop, gateway: ModelGateway) -> None:
        self.buyer, self.shop, self.gateway = buyer, shop, gateway
        self.stage = ""

    def forget(self) -> None:
        """Empty everything."""
        # Deleting few rows is quicker than truncating; intents and attempts name each other.
        with transaction.atomic(), connection.cursor() as cursor:
            for model in (PaymentIncident, Refund, PaymentAttempt, PaymentIntent):
                cursor.execute(f"DELETE FROM {model._meta.db_table}")
        self.shop.orders.clear()
        self.shop.accepted.clear()
        self.gateway.__init__()  # type: ignore[misc]


@pytest.fixture
def world(buyer: Any, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> World:
    """The machine's surroundings, with the model in the place of Alipay."""
    world = World(buyer, shop, ModelGateway())
    for module in (attempts, settling, refunding):
        monkeypatch.setattr(module, "gateway_for", lambda code: world.gateway)
    monkeypatch.setattr(registry, "gateway_for", lambda code: world.gateway)
    Payments.world = world
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    return world


def explore(examples: int, **more: Any) -> None:
    """Run the machine, always the same way."""
    run_state_machine_as_test(
        Payments,
        settings=settings(
            max_examples=examples,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


def test_no_order_of_events_breaks_the_money(world: World) -> None:
    explore(40)


def _patched(module: ModuleType, name: str, function: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a function in the place of another wherever payments has imported it."""
    original = getattr(module, name)
    for other in [m for n, m in list(sys.modules.items()) if n.startswith("payments")]:
        if getattr(other, name, None) is original:
            monkeypatch.setattr(other, name, function)


def mutate(module: ModuleType, name: str, old: str, new: str) -> Callable[[pytest.MonkeyPatch], None]:
    """A mutant: `old` becomes `new` in the source of a function. Fails when `old` is gone."""

    def apply(monkeypatch: pytest.MonkeyPatch) -> None:
        source = inspect.getsource(getattr(module, name))
        assert source.count(old) == 1, f"{name} no longer says {old!r}"
        original = getattr(module, name)
        exec(compile(source.replace(old, new), f"<mutant of {name}>", "exec"), vars(module))
        mutant = getattr(module, name)
        setattr(module, name, original)
        _patched(module, name, mutant, monkeypatch)

    return apply


def accept_whatever_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The payable looks at neither its state nor its slot."""

    def accept(shop: Shop, payable_id: int, **_: Any) -> Any:
        from payments.payables import Acceptance

        shop.orders[payable_id].state = "paid"
        return Acceptance.taken()

    monkeypatch.setattr(Shop, "accept", accept)


def book_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the look at the state nor the state table stops a second booking."""
    mutate(settling, "_ask_and_book", "if attempt.state == AttemptState.SUCCEEDED:", "if False:")(monkeypatch)
    mutate(settling, "_book", "if attempt.state == AttemptState.SUCCEEDED:", "if False:")(monkeypatch)
    mutate(settling, "_book_paid", "if not is_first:", "if False:")(monkeypatch)


MUTANTS = {
    "second attempt without closing the first": mutate(
        attempts,
        "_usable_prior",
        "else close_attempt(attempt_id=prior.pk)",
        "else (move_attempt(prior.pk, AttemptState.CLOSED), SettleResult.CLOSED)[1]",
    ),
    "unclear close taken for closed": mutate(
        attempts,
        "_usable_prior",
        "raise PriorAttemptUnclear",
        "return move_attempt(prior.pk, AttemptState.CLOSED, next_check_at=None) and None",
    ),
    "end without closing at the gateway": mutate(
        intents,
        "_end_intent",
        "result = close_attempt(attempt_id=attempt.pk)",
        "from payments.states import move_attempt; move_attempt(attempt.pk, 'closed'); result = SettleResult.CLOSED",
    ),
    "unclear taken for failed": mutate(
        settling,
        "_ask_and_book",
        "move_attempt(attempt.pk, AttemptState.UNKNOWN, last_checked_at=asked_at)",
        "move_attempt(attempt.pk, AttemptState.CLOSED, next_check_at=None)",
    ),
    "new refund number on every try": mutate(
        refunding,
        "_ask_about",
        "view = refund_for_gateway(refund)",
        "sent_before = False; refund.out_refund_no = new_refund_number(); view = refund_for_gateway(refund)",
    ),
    "paid without looking at order and slot": accept_whatever_comes,
    "booked twice": book_twice,
    "late money kept": mutate(
        settling,
        "_give_to_payable",
        "if not acceptance.accepted:\n        claim_full_refund(attempt=attempt, reason=RefundReason.LATE)",
        "if not acceptance.accepted:",
    ),
    "refunds without a limit": mutate(
        refunding, "_claim_refund", 'captured_fen__gte=F("refund_claimed_fen") + amount_fen', "captured_fen__gte=0"
    ),
    "same refund asked twice": mutate(
        refunding,
        "_claim_refund",
        "existing = Refund.objects.filter(key=key).first()",
        "existing = None; key += new_refund_number()",
    ),
}


#: Near which stage each mistake shows; looking everywhere finds them too, but takes minutes.
STAGE_OF = {
    "second attempt without closing the first": "changed mind",
    "unclear close taken for closed": "changed mind",
    "end without closing at the gateway": "started",
    "unclear taken for failed": "started",
    "new refund number on every try": "refund unclear",
    "paid without looking at order and slot": "slot gone",
    "booked twice": "settled",
    "late money kept": "slot gone",
    "refunds without a limit": "refunded in part",
    "same refund asked twice": "refund asked twice",
}


@pytest.mark.parametrize("name", MUTANTS)
def test_every_mistake_is_caught(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    world.stage = STAGE_OF[name]
    with pytest.raises((AssertionError, IntegrityError)):
        explore(200, phases=[Phase.generate], report_multiple_bugs=False)
