"""The finance desk in a few words: bills, what differs, and two people who decide."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from marketplace.accounts.models import User
from payments import services as payments
from payments.books import services
from payments.books.enums import DifferenceKind, DifferenceState, Resolution
from payments.books.models import BookedBill, Decision, Difference
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen
from payments.models import PaymentAttempt, PaymentIncident, PaymentIntent
from tests.payments.till import Till

DAY = 86400


@dataclass
class Desk:
    """A till, and two people of the finance staff."""

    till: Till
    first: User
    second: User

    def paid(self) -> PaymentAttempt:
        """An attempt whose ¥360 are booked."""
        return self.till.paid().attempts.get()

    def paid_there_only(self) -> PaymentAttempt:
        """The payer paid, and nobody told us."""
        started = self.till.start(self.till.owe())
        self.till.buy(started)
        return started.attempt

    def in_suspense(self, *, told: str = "wrong_amount") -> PaymentAttempt:
        """Paid with another amount than was asked for, as the company tells it."""
        intent: PaymentIntent = self.till.owe()
        started = self.till.start(intent)
        self.till.buy(started)
        self.till.simulator.fault("alipay.trade.query", told)
        payments.settle_payment(out_trade_no=started.attempt.out_trade_no)
        started.attempt.refresh_from_db()
        return started.attempt

    def bill(self, *, day: date | None = None) -> BookedBill:
        """The bill of today, fetched and compared once more; the company's clock is two days ahead."""
        if not BookedBill.objects.exists():
            self.till.simulator.command("clock", advance=2 * DAY)
        row, _ = BookedBill.objects.get_or_create(gateway="alipay", day=day or timezone.localdate())
        services.fetch_bill(bill_id=row.pk)
        row.refresh_from_db()
        return row

    def kinds(self) -> list[str]:
        """Kinds of what waits for people, sorted."""
        waiting = Difference.objects.exclude(state=DifferenceState.RESOLVED)
        return sorted(waiting.values_list("kind", flat=True))

    def difference(self, kind: DifferenceKind) -> Difference:
        """The one difference of a kind."""
        return Difference.objects.get(kind=kind)

    def propose(self, difference: Difference, resolution: Resolution) -> Decision:
        """The first person proposes."""
        return services.propose_for_difference(
            public_id=difference.public_id, resolution=resolution, note="看过账单", proposed_by_id=self.first.pk
        )

    def resolve(self, difference: Difference, resolution: Resolution) -> Decision:
        """Both decide."""
        decision = self.propose(difference, resolution)
        return services.confirm(public_id=decision.public_id, decided_by_id=self.second.pk)

    def give_back(self, incident: PaymentIncident) -> Decision:
        """Both decide that contradicting money goes back."""
        decision = services.propose_for_incident(incident_id=incident.pk, note="金额不符", proposed_by_id=self.first.pk)
        return services.confirm(public_id=decision.public_id, decided_by_id=self.second.pk)


def clearing() -> int:
    """What stands at Alipay by our ledger, in fen."""
    return balance_fen(AccountKind.CLEARING, "alipay")


def there(till: Till) -> int:
    """What the company itself has for us, its fees not counted, in fen."""
    trades = till.simulator.trades().values()
    return sum(trade["offer"]["total_fen"] - trade["refunded_fen"] for trade in trades if trade["paid_at"])
