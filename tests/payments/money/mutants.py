"""Payments without one of its guards at a time."""

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch

from django.db import IntegrityError
from hypothesis.errors import Flaky

from payments.services import attempts, booking, events, intents, refunding, settling
from tests.payments.money.stored_shop import StoredShop

Change = Callable[[], Any]
#: How a mistake shows. A flaky program is one that broke in one of two runs, for rivals are not always equally quick.
CAUGHT = (AssertionError, IntegrityError, Flaky)


@dataclass(frozen=True)
class Mutant:
    """A mistake, and the stage near which it shows: looking everywhere finds it too, but takes minutes."""

    name: str
    stage: str
    changes: tuple[Change, ...]

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Payments with this mistake."""
        with _all(self.changes):
            yield


@contextmanager
def _all(changes: tuple[Change, ...]) -> Iterator[None]:
    if not changes:
        yield
        return
    with changes[0](), _all(changes[1:]):
        yield


def source(module: ModuleType, name: str, old: str, new: str) -> Change:
    """`old` becomes `new` in the source of a function, wherever payments has imported it. Fails when `old` is gone."""

    @contextmanager
    def change() -> Iterator[None]:
        written = inspect.getsource(getattr(module, name))
        assert written.count(old) == 1, f"{name} no longer says {old!r}"
        original = getattr(module, name)
        exec(compile(written.replace(old, new), f"<mutant of {name}>", "exec"), vars(module))
        mutant = getattr(module, name)
        setattr(module, name, original)
        users = [m for n, m in list(sys.modules.items()) if n.startswith("payments")]
        users = [m for m in users if getattr(m, name, None) is original]
        for user in users:
            setattr(user, name, mutant)
        try:
            yield
        finally:
            for user in users:
                setattr(user, name, original)

    return change


def _accept_whatever_comes() -> Any:
    """The payable looks at neither its state nor its slot."""

    def accept(shop: StoredShop, payable_id: int, **_: Any) -> Any:
        from payments.payables import Acceptance

        shop.take(payable_id)
        return Acceptance.taken()

    return patch.object(StoredShop, "accept", accept)


MUTANTS = (
    Mutant(
        "second attempt without closing the first",
        "changed mind",
        (
            source(
                attempts,
                "_end_prior",
                "result = close_attempt(attempt_id=prior.pk)",
                "result = (move_attempt(prior.pk, AttemptState.CLOSED), SettleResult.CLOSED)[1]",
            ),
        ),
    ),
    Mutant(
        "unclear close taken for closed",
        "changed mind",
        (
            source(
                attempts,
                "_end_prior",
                "raise PriorAttemptUnclear",
                "move_attempt(prior.pk, AttemptState.CLOSED, next_check_at=None)",
            ),
        ),
    ),
    Mutant(
        "end without closing at the company",
        "started",
        (
            source(
                intents,
                "_end_intent",
                "result = close_attempt(attempt_id=attempt.pk)",
                "from payments.states import move_attempt; move_attempt(attempt.pk, 'closed', next_check_at=None); "
                "result = SettleResult.CLOSED",
            ),
        ),
    ),
    Mutant(
        "unclear taken for failed",
        "started",
        (
            source(
                settling,
                "_ask_and_book",
                "move_attempt(attempt.pk, AttemptState.UNKNOWN, last_checked_at=asked_at)",
                "move_attempt(attempt.pk, AttemptState.CLOSED, next_check_at=None)",
            ),
        ),
    ),
    Mutant(
        "new refund number on every try",
        "refund unclear",
        (
            source(
                refunding,
                "_ask_about",
                "view = refund_for_gateway(refund)",
                "sent_before = False; refund.out_refund_no = new_refund_number(); view = refund_for_gateway(refund)",
            ),
        ),
    ),
    Mutant("paid without looking at order and slot", "slot gone", (_accept_whatever_comes,)),
    Mutant(
        "booked twice",
        "settled",
        (
            source(settling, "_ask_and_book", "if attempt.state == AttemptState.SUCCEEDED:", "if False:"),
            source(settling, "_book", "if attempt.state == AttemptState.SUCCEEDED:", "if False:"),
            source(settling, "_book_paid", "if not is_first:", "if False:"),
        ),
    ),
    Mutant(
        "late money kept",
        "slot gone",
        (
            source(
                settling,
                "_give_to_payable",
                "if not acceptance.accepted:\n        claim_full_refund(attempt=attempt, reason=RefundReason.LATE)",
                "if not acceptance.accepted:",
            ),
        ),
    ),
    Mutant(
        "refunds without a limit",
        "refunded in part",
        (
            source(
                refunding,
                "_claim_refund",
                'captured_fen__gte=F("refund_claimed_fen") + amount_fen',
                "captured_fen__gte=0",
            ),
        ),
    ),
    Mutant(
        "same refund asked twice",
        "refund asked twice",
        (
            source(
                refunding,
                "_claim_refund",
                "existing = Refund.objects.filter(key=key).first()",
                "existing = None; key += '#' + new_refund_number()",
            ),
        ),
    ),
    Mutant(
        "a capture outside the ledger",
        "paid",
        (source(booking, "book_capture", "post(", "dict("),),
    ),
    Mutant(
        "the row after the call",
        "nothing",
        (
            source(
                attempts,
                "_open_at_gateway",
                "    try:\n        action",
                "    PaymentAttempt.objects.filter(pk=attempt.pk).update(next_check_at=None)\n    try:\n        action",
            ),
        ),
    ),
    Mutant(
        "an unsigned message believed",
        "settled",
        (
            source(
                events,
                "receive_webhook",
                "return gateway.acknowledgement(kept=False)",
                "return gateway.acknowledgement(kept=True)",
            ),
        ),
    ),
)
