"""A family with a plan and a company in memory, moved through time in a few words."""

from datetime import datetime, timedelta

from django.utils import timezone

import tests.factories as factories
from marketplace.accounts.models import User
from payments.subscriptions import services
from payments.subscriptions.enums import Benefit
from payments.subscriptions.models import Agreement, BillingCycle, Plan, Subscription
from tests.payments.model_recurring import ModelCharging

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PRICE_FEN = 9_800


def make_plan(**fields: object) -> Plan:
    """A monthly plan with everything in it."""
    number = factories.next_number()
    facts = {
        "code": f"plan-{number}",
        "name": "家庭会员",
        "name_en": "Family plan",
        "amount_fen": PRICE_FEN,
        "period_months": 1,
        "benefits": [Benefit.REPORTS, Benefit.COURSES],
        "sessions": 1,
        "session_unit_fen": 3_000,
    } | fields
    return services.publish_plan(**facts)  # type: ignore[arg-type]


class Family:
    """One parent's plan. `now` is the clock that everything is told."""

    def __init__(self, company: ModelCharging, *, plan: Plan | None = None, user: User | None = None) -> None:
        self.company = company
        self.user = user or factories.make_parent()
        self.plan = plan or make_plan()
        self.now = timezone.now()

    def ask_for_trial(self) -> Agreement:
        """As far as the company's page."""
        return services.begin_trial(
            user=self.user, plan=self.plan, gateway_code=self.company.code, now=self.now
        ).agreement

    def start_trial(self, *, instrument: str = "") -> "Family":
        """Signed, come back, and running."""
        agreement = self.ask_for_trial()
        self.company.sign(agreement.out_agreement_no, instrument=instrument or f"card-{self.user.pk}")
        services.check_agreement(agreement_id=agreement.pk, now=self.now)
        return self

    @property
    def subscription(self) -> Subscription:
        """As it stands in the database now."""
        return Subscription.objects.filter(user=self.user).latest("pk")

    @property
    def agreement(self) -> Agreement:
        """The newest agreement."""
        return self.subscription.agreements.latest("pk")

    @property
    def cycles(self) -> list[BillingCycle]:
        """Its periods in order."""
        return list(self.subscription.cycles.all())

    def choose(self, *, renews: bool) -> None:
        """Say what happens at the end."""
        services.choose_renewal(subscription=self.subscription, renews=renews, now=self.now)

    def wait(self, length: timedelta, *, step: timedelta = 6 * HOUR) -> "Family":
        """Let time pass, the scheduler looking again and again."""
        until = self.now + length
        while self.now < until:
            self.now = min(self.now + step, until)
            services.advance_due(now=self.now)
        return self

    def wait_until(self, at: datetime) -> "Family":
        """Let time pass until then."""
        return self.wait(at - self.now)

    @property
    def taken_fen(self) -> int:
        """What the company took from this family."""
        ours = set(Agreement.objects.filter(subscription__user=self.user).values_list("out_agreement_no", flat=True))
        return sum(fen for number, _trade, fen in self.company.debits if number in ours)
