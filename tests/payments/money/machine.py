"""All of payments against the simulated companies: any order of buyers, messages, faults, crashes, rivals and time.

The value spaces are tiny on purpose (one amount, two slots, three refund sizes): with wide ones, mistakes hide. What the
companies hold is asserted too, because a refund of ours can hide a double charge from our own rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from marketplace.core.errors import Refusal
from payments import services
from payments.enums import OPEN_ATTEMPT_STATES, AttemptState, Client, IncidentKind, Method, RefundReason
from payments.gateways.base import NextAction, Qr
from payments.ledger.enums import AccountKind
from payments.ledger.models import JournalEntry, Leg
from payments.ledger.selectors import balance_fen, balance_of_payable_fen
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent, ProviderEvent, Refund
from tests.payments.money.companies import FUSE, Command, Company, Held, books, told
from tests.payments.money.rivals import Rivals
from tests.payments.money.stored_shop import StoredShop
from tests.payments.shop import Order

#: Above the least that any of the companies takes.
FEN = 1000
PICK = st.integers(min_value=0, max_value=2)
WAY = st.integers(min_value=0, max_value=5)
FAULT = st.sampled_from(["", "", "before", "after"])
#: After how many statements and calls the process dies; 0: it lives.
FUSE_LENGTH = st.sampled_from([0, 0, 0, 2, 4, 7, 9, 11, 13, 15, 18, 22, 26])
REFUNDS = st.sampled_from([400, 600, 1000])
RIVALS = st.sampled_from(
    [
        ("settle", "settle"),
        ("settle", "expire"),
        ("settle", "cancel"),
        ("refund a", "refund b"),
        ("refund a", "refund a"),
        ("reconcile", "settle"),
        ("start", "start other"),
        ("start", "cancel"),
    ]
)
#: Where a program begins; deep mistakes are too rarely reached from nothing.
STAGES = (
    "nothing",
    "started",
    "changed mind",
    "paid",
    "settled",
    "slot gone",
    "refund unclear",
    "refunded in part",
    "refund asked twice",
)
TABLES = (PaymentIncident, ProviderEvent, Refund, PaymentAttempt, PaymentIntent)
WAITING = (PaymentAttempt, PaymentIntent, ProviderEvent, Refund)


def payer_of(intent: PaymentIntent) -> services.Payer:
    """The buyer, at an address, which WeChat asks for on a phone."""
    return services.Payer(user_id=intent.buyer_id, ip="203.0.113.7")


#: What always holds: fen left over in the ledger, slots sold twice, orders accepted twice, and attempts that are open
#: behind an intent that ended (unless patience with its company was over).
_RULES = """
    SELECT (SELECT coalesce(sum(amount_fen), 0) FROM ledger_leg),
           (SELECT count(*) FROM (SELECT slot FROM proof_order WHERE state = 'paid'
                                  GROUP BY slot HAVING count(*) > 1) AS sold),
           (SELECT count(*) FROM proof_order WHERE accepted > 1),
           (SELECT count(*) FROM payments_paymentattempt a JOIN payments_paymentintent i ON i.id = a.intent_id
             WHERE i.state IN ('expired', 'cancelled') AND a.state IN ('created', 'pending', 'unknown')
               AND NOT i.id = ANY(%s::bigint[]))
"""


_FORGET = "SET LOCAL xinqiao.ledger_retention = 'on';" + ";".join(
    f"DELETE FROM {model._meta.db_table}" for model in (*TABLES, Leg, JournalEntry)
)
#: Whatever is waited for has its time now; tells how much that is.
_MAKE_DUE = f"""
    WITH {
    ", ".join(
        f"due_{place} AS (UPDATE {model._meta.db_table} SET next_check_at = now()"
        " WHERE next_check_at IS NOT NULL RETURNING 1)"
        for place, model in enumerate(WAITING)
    )
} SELECT {" + ".join(f"(SELECT count(*) FROM due_{place})" for place, _ in enumerate(WAITING))}
"""


class World:
    """What outlives a program: the buyer, the shop and the companies."""

    def __init__(self, buyer: Any, shop: StoredShop, companies: list[Company]) -> None:
        self.buyer, self.shop, self.companies = buyer, shop, companies
        self.rivals = Rivals()
        self.stage = ""
        self.programs = 0
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")

    def forget(self) -> None:
        """Empty everything; deleting few rows is quicker than truncating, and intents and attempts name each other."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_FORGET)
        self.shop.forget()

    def leave(self) -> None:
        """Close what was opened."""
        self.rivals.part()


class Payments(RuleBasedStateMachine):
    """Up to three orders on two slots; `world` is set by whoever runs it."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        FUSE.left = 0
        self.world.forget()
        self.world.programs += 1
        self.shop = self.world.shop
        self.companies: list[Company] = []
        self.ways: list[tuple[Company, Method]] = []
        self.intents: list[PaymentIntent] = []
        self.actions: dict[int, list[NextAction]] = defaultdict(list)
        self.patience_lost: set[int] = set()
        self.promised: set[str] = set()
        self.reopened: set[str] = set()
        self.timed_out: set[int] = set()
        self.orders_tried = 0
        self.pays_the_rest = False

    # --- what happens -----------------------------------------------------------------------------------

    def _intent(self, pick: int) -> PaymentIntent:
        return PaymentIntent.objects.get(pk=self._pk(pick))

    def _pk(self, pick: int) -> int:
        return self.intents[pick % len(self.intents)].pk

    def _tell(self, commands: Iterable[Command]) -> None:
        told(self.world.companies[0].base_url, list(commands))

    def _way(self, way: int) -> tuple[Company, Method]:
        return self.ways[way % len(self.ways)]

    @contextmanager
    def _trouble(self, steps: int = 0, **faults: str) -> Iterator[None]:
        """The next call of a kind fails at every company, or the process dies after so many steps."""
        self._tell(company.to_suffer(call, kind) for call, kind in faults.items() if kind for company in self.companies)
        with FUSE.lit(steps), suppress(Refusal):
            yield

    @initialize(stage=st.sampled_from(STAGES), way=WAY, without=PICK, ending=st.sampled_from("abcde"))
    def begin(self, stage: str, way: int, without: int, ending: str) -> None:
        """Two of the companies, for one more would only take time; and the stage."""
        # Paying what is left takes as long as half a program, so one in five does.
        self.pays_the_rest = ending == "e"
        everyone = self.world.companies
        self.companies = [
            company for place, company in enumerate(everyone) if place != without % 3 or len(everyone) < 3
        ]
        self._tell(command for company in self.companies for command in company.to_begin())
        self.ways = [(company, method) for company in self.companies for method in company.methods]
        stage = self.world.stage or stage
        if stage == "nothing":
            return
        self.order(1)
        self.start(0, way, "", "", 0)
        if stage == "slot gone":
            self.buyer_opens(0)
            self.time_passes(0, "before", 0, patience=False)
            self.order(1)
            self.start(1, way, "", "", 0)
        if stage == "changed mind":
            self.buyer_opens(0)
            self.start(0, way + 1, "", "before", 0)
        pick = len(self.intents) - 1
        if stage not in ("started", "changed mind"):
            self.buyer_pays(pick)
        if stage in ("settled", "slot gone") or stage.startswith("refund"):
            self.come_back(pick, "", 0)
        if stage.startswith("refund"):
            fen, fault = (600 if stage == "refunded in part" else 400), ("after" if stage == "refund unclear" else "")
            self.refund(pick, fen, "a", fault, 0)
        if stage == "refund asked twice":
            self.refund(pick, 400, "a", "", 0)

    # Not by the number of orders, which rivals decide: the same choices must always lead to the same questions.
    @precondition(lambda self: self.orders_tried < 5)
    @rule(slot=st.sampled_from([1, 2]))
    def order(self, slot: int) -> None:
        self.orders_tried += 1
        if len(self.intents) == 3 or self.shop.holders(slot):
            return
        order = self.shop.place(amount_fen=FEN, slot=slot)
        self.intents.append(
            services.open_intent(
                payable_kind=StoredShop.kind,
                payable_id=order.pk,
                amount_fen=FEN,
                buyer_id=self.world.buyer.pk,
                expires_at=timezone.now() + timedelta(minutes=45),
            )
        )

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, way=WAY, fault=FAULT, close_fault=FAULT, steps=FUSE_LENGTH)
    def start(self, pick: int, way: int, fault: str, close_fault: str, steps: int) -> None:
        with self._trouble(steps, create=fault, close=close_fault):
            self._start(self._intent(pick), way)
        self._one_way_to_pay(self._pk(pick))

    def _start(self, intent: PaymentIntent, way: int) -> None:
        company, method = self._way(way)
        started = services.start_attempt(
            intent=intent, gateway_code=company.code, method=method, client=Client.DESKTOP, payer=payer_of(intent)
        )
        self.actions[intent.pk].append(started.action)

    @precondition(lambda self: self.intents)
    @rule(pick=PICK)
    def buyer_opens(self, pick: int) -> None:
        """Every page and code the buyer was ever shown is opened: old tabs stay open.

        A company cannot close a trade before its page is first opened; one opened after we gave it up is payable beside
        the newer one, and its money goes back in the end.
        """
        pk = self._pk(pick)
        if pk in self.timed_out:  # the page names its end, and no company opens it after that
            return
        attempts = list(PaymentAttempt.objects.filter(intent=pk))
        shown = {Qr(attempt.qr_text) for attempt in attempts if attempt.qr_text}.union(self.actions[pk])
        if not shown:
            return
        given_up = {attempt.out_trade_no for attempt in attempts if attempt.state not in OPEN_ATTEMPT_STATES}
        known = set(self._all_trades()) if given_up else set()
        for action in shown:
            for company in self.companies:
                company.open_if_its(action)
        if given_up:
            self.reopened |= given_up & (set(self._all_trades()) - known)

    @precondition(lambda self: self.intents)
    @rule(pick=PICK)
    def buyer_pays(self, pick: int) -> None:
        self.buyer_opens(pick)
        unpaid = PaymentAttempt.objects.filter(intent=self._pk(pick)).exclude(state=AttemptState.SUCCEEDED)
        self._tell(self._company(attempt.gateway).to_be_paid(attempt.out_trade_no) for attempt in unpaid)

    def _company(self, code: str) -> Company:
        return next(company for company in self.companies if company.code == code)

    @rule(company=PICK, which=st.integers(0, 5), times=st.sampled_from([1, 1, 2]), fault=FAULT, steps=FUSE_LENGTH)
    def hear(self, company: int, which: int, times: int, fault: str, steps: int) -> None:
        """Any message of a company arrives, in any order, once or again."""
        sender = self.companies[company % len(self.companies)]
        messages = sender.messages()
        if not messages:
            return
        headers, raw = messages[which % len(messages)]
        with self._trouble(steps, query=fault):
            for _ in range(times):
                services.receive_webhook(gateway_code=sender.code, headers=headers, raw=raw)

    @rule(company=PICK, which=st.integers(0, 5))
    def forger_writes(self, company: int, which: int) -> None:
        """A message with one byte changed is answered with "again" and leaves nothing but an incident."""
        sender = self.companies[company % len(self.companies)]
        messages = sender.messages()
        if not messages:
            return
        headers, raw = messages[which % len(messages)]
        before = ProviderEvent.objects.count()
        forged = sender.forged(raw)
        status, _ = services.receive_webhook(gateway_code=sender.code, headers=headers, raw=forged)
        assert status >= 400, "a forged message was taken"
        assert ProviderEvent.objects.count() == before
        assert PaymentIncident.objects.filter(kind=IncidentKind.BAD_SIGNATURE).exists()

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, fault=FAULT, steps=FUSE_LENGTH)
    def come_back(self, pick: int, fault: str, steps: int) -> None:
        with self._trouble(steps, query=fault, refund=fault):
            for attempt in PaymentAttempt.objects.filter(intent=self._pk(pick)):
                services.settle_payment(out_trade_no=attempt.out_trade_no)

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, fault=FAULT, steps=FUSE_LENGTH, patience=st.booleans())
    def time_passes(self, pick: int, fault: str, steps: int, patience: bool) -> None:
        intent = self._intent(pick)
        if not intent.is_open:
            return
        self._let_expire(intent, timedelta(seconds=1 if patience else 1000))
        if not patience and (fault or steps):
            self.patience_lost.add(intent.pk)
        elif not patience:
            # Trouble that came before and met nobody would meet this, and let an end be told from no answer.
            self._end_trouble()
        with self._trouble(steps, close=fault):
            services.expire_intent(intent_id=intent.pk)

    def _end_trouble(self) -> None:
        self._tell(company.command("faults", clear=True) for company in self.companies)

    def _let_expire(self, intent: PaymentIntent, ago: timedelta) -> None:
        self.timed_out.add(intent.pk)
        past = timezone.now() - ago
        PaymentIntent.objects.filter(pk=intent.pk).update(expires_at=past, next_check_at=past)
        PaymentAttempt.objects.filter(intent=intent).update(payable_until=past)

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, fault=FAULT, steps=FUSE_LENGTH)
    def buyer_cancels(self, pick: int, fault: str, steps: int) -> None:
        with self._trouble(steps, close=fault):
            services.cancel_intent(intent_id=self._pk(pick))

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, fen=REFUNDS, key=st.sampled_from("ab"), fault=FAULT, steps=FUSE_LENGTH)
    def refund(self, pick: int, fen: int, key: str, fault: str, steps: int) -> None:
        with self._trouble(steps, refund=fault):
            self._refund(self._pk(pick), fen, key)

    def _refund(self, intent_id: int, fen: int, key: str) -> None:
        name = f"{intent_id}{key}"
        services.request_refund(intent_id=intent_id, amount_fen=fen, reason=RefundReason.GOODWILL, key=name)
        self.promised.add(name)

    @rule(steps=FUSE_LENGTH)
    def reconcile(self, steps: int) -> None:
        self._make_due()
        with self._trouble(steps):
            services.reconcile_due()

    def _make_due(self) -> bool:
        """Whatever is waited for is due now; whether there is any."""
        with connection.cursor() as cursor:
            cursor.execute(_MAKE_DUE)
            return bool(cursor.fetchone()[0])

    @precondition(lambda self: self.intents)
    @rule(pick=PICK, acts=RIVALS, way=WAY)
    def rivals(self, pick: int, acts: tuple[str, str], way: int) -> None:
        """Two of us at once, each on a connection of its own."""
        intent = self._intent(pick)
        if "expire" in acts and intent.is_open:
            self._let_expire(intent, timedelta(seconds=1))
        self._make_due()
        deeds = [self._deed(act, intent, way) for act in acts]
        for error in self.world.rivals.act(deeds):
            assert error is None or isinstance(error, Refusal), repr(error)
        self._one_way_to_pay(intent.pk)

    def _deed(self, act: str, intent: PaymentIntent, way: int) -> Callable[[], Any]:
        numbers = list(intent.attempts.values_list("out_trade_no", flat=True))
        deeds: dict[str, Callable[[], Any]] = {
            "settle": lambda: [services.settle_payment(out_trade_no=number) for number in numbers],
            "expire": lambda: services.expire_intent(intent_id=intent.pk),
            "cancel": lambda: services.cancel_intent(intent_id=intent.pk),
            "refund a": lambda: self._refund(intent.pk, 600, "a"),
            "refund b": lambda: self._refund(intent.pk, 600, "b"),
            "reconcile": services.reconcile_due,
            "start": lambda: self._start(intent, way),
            "start other": lambda: self._start(intent, way + 1),
        }
        return deeds[act]

    # --- what always holds ------------------------------------------------------------------------------

    def _all_trades(self) -> dict[str, Held]:
        return {number: trade for book in books(self.companies) for number, trade in book.items()}

    def _one_way_to_pay(self, intent_id: int) -> None:
        numbers = PaymentAttempt.objects.filter(intent=intent_id).values_list("out_trade_no", flat=True)
        payable = {number for number, trade in self._all_trades().items() if trade.is_payable}
        assert len(payable.intersection(numbers) - self.reopened) <= 1, "two trades of one order can be paid"

    @invariant()
    def every_rule_holds(self) -> None:
        """Asked in one statement, because it is asked after each step."""
        with connection.cursor() as cursor:
            cursor.execute(_RULES, [list(self.patience_lost)])
            unbalanced, twice_sold, twice_accepted, still_open = cursor.fetchone()
        assert unbalanced == 0, "the ledger does not sum to zero"
        assert not twice_sold, "a slot was sold twice"
        assert not twice_accepted, "an order was accepted twice"
        assert not still_open, "an ended order can still be paid"

    def teardown(self) -> None:
        FUSE.left = 0
        self._end_trouble()
        # Within three looks everything has come to its end.
        for _ in range(3):
            if self._make_due():
                services.reconcile_due()
        if self.pays_the_rest:
            self._what_is_owed_can_be_paid()
        self.every_rule_holds()
        held = books(self.companies)
        trades = {number: trade for book in held for number, trade in book.items()}
        for intent in PaymentIntent.objects.all():
            self._money_and_order_agree(self.shop.get(intent.payable_id), intent, trades)
        self._ledger_and_companies_agree(held)
        assert not ProviderEvent.objects.filter(processed_at=None).exists()
        assert not PaymentAttempt.objects.filter(state__in=[AttemptState.CREATED, AttemptState.UNKNOWN]).exists()
        keys = [key.split("#")[0] for key in Refund.objects.filter(reason="goodwill").values_list("key", flat=True)]
        assert len(keys) == len(set(keys)), "one refund was made twice"
        assert self.promised <= set(keys), "a promised refund is lost"

    def _what_is_owed_can_be_paid(self) -> None:
        """Whatever went wrong before: with companies that answer, every open order is paid by every way in turn."""
        for place, intent in enumerate(self.intents):
            for way in range(len(self.ways)):
                if not self._intent(place).is_open or self._intent(place).expires_at <= timezone.now():
                    break
                with suppress(Refusal):
                    self._start(self._intent(place), way)
            self.buyer_pays(place)
            self.come_back(place, "", 0)
            assert not (self._intent(place).is_open and intent.pk not in self.timed_out), "it cannot be paid"
        self._make_due()
        services.reconcile_due()

    def _money_and_order_agree(self, order: Order, intent: PaymentIntent, held: dict[str, Held]) -> None:
        trades = [held[a.out_trade_no] for a in intent.attempts.all() if a.out_trade_no in held]
        came, back = sum(t.came_fen for t in trades), sum(t.back_fen for t in trades)
        refunds = list(Refund.objects.filter(attempt__intent=intent))
        assert {refund.state for refund in refunds} <= {"succeeded"}, "a refund is stuck"
        assert back == sum(refund.amount_fen for refund in refunds)
        assert back <= came
        assert intent.was_paid == (order.state == "paid"), "paid here and not there"
        kept = came - back
        asked = sum(refund.amount_fen for refund in refunds if refund.reason == RefundReason.GOODWILL)
        assert kept == (FEN - asked if order.state == "paid" else 0), f"kept {kept} of a {order.state} order"
        assert -balance_of_payable_fen(AccountKind.ORDERS, intent.payable_kind, intent.payable_id) == kept

    def _ledger_and_companies_agree(self, held: list[dict[str, Held]]) -> None:
        for company, book in zip(self.companies, held, strict=True):
            there = sum(trade.came_fen - trade.back_fen for trade in book.values())
            assert balance_fen(AccountKind.CLEARING, company.code) == there, f"the ledger and {company.code} differ"
