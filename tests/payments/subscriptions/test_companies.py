"""The whole way with the three simulated companies, over their wire, their clocks set ahead with ours."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

import tests.factories as factories
from marketplace.accounts.models import User
from payments import services as payment_services
from payments.gateways.recurring import AgreementRef
from payments.gateways.registry import gateway_for
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen, total_fen
from payments.models import PaymentAttempt
from payments.subscriptions import selectors, services
from payments.subscriptions.enums import AgreementState, EndReason, SubscriptionState
from payments.subscriptions.models import Agreement, Plan, Subscription
from tests.payments.simulated import Simulator
from tests.payments.subscriptions.family import DAY, HOUR, PRICE_FEN, make_plan

pytestmark = pytest.mark.django_db(transaction=True)
COMPANIES = ("wechat", "alipay", "stripe")


class Signed:
    """A family's plan at a simulated company."""

    def __init__(self, code: str, simulators: dict[str, Simulator], user: User, plan: Plan) -> None:
        self.code, self.simulator, self.simulators = code, simulators[code], simulators
        self.user, self.plan, self.now = user, plan, timezone.now()

    def start(self, card: str = "4242") -> "Signed":
        signing = services.begin_trial(user=self.user, plan=self.plan, gateway_code=self.code, now=self.now)
        self.agree(signing.agreement, card)
        services.check_agreement(agreement_id=signing.agreement.pk, now=self.now)
        return self

    def agree(self, agreement: Agreement, card: str = "4242") -> None:
        number = agreement.out_agreement_no
        if self.code == "wechat":
            self.simulator.command("agreement", out_contract_code=number, act="sign")
        elif self.code == "alipay":
            from tests.payments.simulated import visit

            page = visit(services.begin_trial(user=self.user, plan=self.plan, gateway_code="alipay").action.url)
            assert page[0] == 302
            self.simulator.command("sign", external_no=number)
        else:
            self.simulator.command("pay", out_trade_no=number, card=card)

    @property
    def subscription(self) -> Subscription:
        return Subscription.objects.filter(user=self.user).latest("pk")

    @property
    def agreement(self) -> Agreement:
        return self.subscription.agreements.latest("pk")

    def wait(self, length: timedelta, *, step: timedelta = 12 * HOUR) -> "Signed":
        until = self.now + length
        while self.now < until:
            ahead = min(step, until - self.now)
            self.now += ahead
            self.simulator.command("clock", advance=ahead.total_seconds())
            for _ in range(2):
                Subscription.objects.filter(user=self.user, next_check_at__isnull=False).update(next_check_at=self.now)
                services.advance_due(now=self.now)
        return self

    def settle(self) -> None:
        """The company's own pace: look again until its answer is there."""
        for attempt in PaymentAttempt.objects.filter(intent__buyer=self.user):
            payment_services.check_attempt(attempt_id=attempt.pk)


@pytest.fixture
def simulators(simulator_server: str) -> Iterator[dict[str, Simulator]]:
    made = {
        "alipay": Simulator(simulator_server),
        "wechat": Simulator(f"{simulator_server}/wechat"),
        "stripe": Simulator(f"{simulator_server}/stripe"),
    }
    for simulator in made.values():
        simulator.command("reset")
    yield made
    for simulator in made.values():
        simulator.command("reset")


@pytest.fixture(params=COMPANIES)
def signed(request: pytest.FixtureRequest, transactional_db: None, simulators, settings) -> Signed:
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"
    return Signed(request.param, simulators, factories.make_parent(), make_plan()).start()


def test_trial_ends_and_nothing_is_taken(signed: Signed) -> None:
    assert signed.subscription.state == SubscriptionState.TRIALING
    signed.wait(8 * DAY)
    assert signed.subscription.ended_reason == EndReason.TRIAL_OVER
    assert signed.agreement.state == AgreementState.ENDED
    assert balance_fen(AccountKind.CLEARING) == 0
    assert not PaymentAttempt.objects.exists()


def test_trial_renews_once_when_chosen(signed: Signed) -> None:
    services.choose_renewal(subscription=signed.subscription, renews=True, now=signed.now)
    signed.wait(7 * DAY + 6 * HOUR)
    signed.settle()
    signed.wait(6 * HOUR, step=3 * HOUR)
    signed.settle()
    assert signed.subscription.state == SubscriptionState.ACTIVE
    assert balance_fen(AccountKind.CLEARING, signed.code) == PRICE_FEN
    assert total_fen() == 0
    signed.wait(2 * DAY)
    assert balance_fen(AccountKind.CLEARING, signed.code) == PRICE_FEN


def test_cancelled_it_is_not_charged_and_open_to_its_end(signed: Signed) -> None:
    services.choose_renewal(subscription=signed.subscription, renews=True, now=signed.now)
    signed.wait(4 * DAY)
    services.cancel_plan(subscription=signed.subscription, now=signed.now)
    signed.wait(DAY)
    assert selectors.plan_access(signed.user, now=signed.now) is not None
    signed.wait(3 * DAY)
    assert signed.subscription.ended_reason == EndReason.TRIAL_OVER
    assert not PaymentAttempt.objects.exists()


def test_ended_at_the_company_it_ends_here(signed: Signed) -> None:
    services.choose_renewal(subscription=signed.subscription, renews=True, now=signed.now)
    number = signed.agreement.out_agreement_no
    if signed.code == "wechat":
        signed.simulator.command("agreement", out_contract_code=number, act="end")
    elif signed.code == "alipay":
        signed.simulator.command("unsign", external_no=number)
    else:
        gateway_for("stripe").end_agreement(AgreementRef(number))
    assert services.hear_of_agreement(signed.code, number) == ""
    assert not signed.subscription.renews
    signed.wait(8 * DAY)
    assert signed.subscription.state == SubscriptionState.ENDED
    assert not PaymentAttempt.objects.exists()


def test_account_without_money_is_past_due_then_ends(signed: Signed) -> None:
    services.choose_renewal(subscription=signed.subscription, renews=True, now=signed.now)
    number = signed.agreement.out_agreement_no
    if signed.code == "wechat":
        signed.simulator.command("agreement", out_contract_code=number, funds="short_at_once")
    elif signed.code == "alipay":
        signed.simulator.command("wallet", external_no=number, state="empty")
    else:
        signed.simulator.command("card", out_agreement_no=number, card="0341")
    signed.wait(7 * DAY + 12 * HOUR)
    signed.wait(6 * HOUR, step=3 * HOUR)
    assert signed.subscription.state == SubscriptionState.PAST_DUE
    assert selectors.plan_access(signed.user, now=signed.now) is not None
    signed.wait(8 * DAY)
    assert signed.subscription.ended_reason == EndReason.UNPAID
    assert balance_fen(AccountKind.CLEARING) == 0


def test_second_trial_with_the_same_account_does_not_begin(signed: Signed) -> None:
    other = Signed(signed.code, signed.simulators, factories.make_parent(), signed.plan).start()
    assert other.subscription.ended_reason == EndReason.TRIAL_USED
