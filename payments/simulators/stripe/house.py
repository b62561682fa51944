"""The simulated company as one object: its store, clock, notifier, faults and keys, and the passing of time."""

import hashlib
import hmac
import threading
from collections.abc import Callable
from pathlib import Path

from payments.simulators import environment
from payments.simulators.clock import Clock
from payments.simulators.faults import FaultQueue
from payments.simulators.journal import Journal
from payments.simulators.stripe.faults import CALL_FAULTS, NOTIFY_FAULTS
from payments.simulators.stripe.keys import secrets_in_use
from payments.simulators.stripe.notifier import Notifier
from payments.simulators.stripe.store import Store, Thing

API_VERSION = "2026-10-28.endive"


class House:
    """What happens to objects, and who hears of it. Every public step is taken under `lock`."""

    def __init__(self, *, secret_key: str, webhook_secret: str, journal: Path | None, scale: float) -> None:
        self.lock = threading.RLock()
        self.secret_key = secret_key
        self.clock = Clock()
        self.faults = FaultQueue(call_faults=CALL_FAULTS, notify_faults=NOTIFY_FAULTS)
        self.store = Store(Journal(journal))
        self.notifier = Notifier(webhook_secret, self.clock, self.faults, scale)
        self.calls: list[str] = []
        self.received: list[str] = []
        self._handlers: dict[str, Callable[[House, Thing], None]] = {}
        self._at: float | None = None
        self._woken_at = float("inf")

    def now(self) -> int:
        """Whole seconds since the epoch: the moment of whatever is happening."""
        return int(self._at if self._at is not None else self.clock.now())

    def when_due(self, kind: str, handler: "Callable[[House, Thing], None]") -> None:
        """What happens to objects of a kind when their `_due` has come."""
        self._handlers[kind] = handler

    def pass_time(self) -> None:
        """Let everything that became due happen, in its order and at its own moment."""
        with self.lock:
            while (due := self.store.waiting()) and due[0]["_due"] <= self.clock.now():
                thing = due[0]
                self._at = thing.pop("_due")
                try:
                    self._handlers[thing["object"]](self, thing)
                finally:
                    self._at = None
                self.store.keep(thing)
            self._woken_at = min((thing["_due"] for thing in self.store.waiting()), default=float("inf"))

    def wake(self) -> None:
        """See to it that time passes even when nobody asks."""
        before = self._woken_at
        self.pass_time()
        if self._woken_at < before:
            self.clock.call_at(self._woken_at, self.wake)

    def tell(self, kind: str, thing: Thing) -> None:
        """Make an event of an object as it is now, and send it to the merchant."""
        seen = self.store.shown(thing, [])
        event = self.store.add(
            "evt",
            object="event",
            api_version=API_VERSION,
            created=self.now(),
            data={"object": seen},
            livemode=False,
            pending_webhooks=1,
            request={"id": None, "idempotency_key": None},
            type=kind,
        )
        self.notifier.send(self.store.shown(event, []))

    def book(self, kind: str, category: str, *, amount: int, fee: int, source: str) -> Thing:
        """A line of the merchant's balance."""
        return self.store.add(
            "txn",
            object="balance_transaction",
            amount=amount,
            fee=fee,
            net=amount - fee,
            currency="cny",
            created=self.now(),
            source=source,
            status="pending",
            type=kind,
            reporting_category=category,
        )

    def digest(self, text: str) -> str:
        """A short name of a text, for comparing parameters."""
        return hmac.new(self.secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()

    def reset(self) -> None:
        """Forget objects, faults, messages and pushed time."""
        with self.lock:
            self.clock.reset()
            self.store.reset()
            self.faults.clear()
            self.notifier.forget()
            self.calls.clear()
            self.received.clear()
            self._woken_at = float("inf")


def house_from_environment() -> House:
    """The house named by the environment; by default the one of this checkout's demo."""
    return House(
        **secrets_in_use(),
        journal=environment.journal_path("stripe"),
        scale=environment.notify_scale(),
    )
