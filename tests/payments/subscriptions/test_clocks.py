"""Any order of choices, failures and passing time: no debit without notice, none twice, no access without a reason."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payments.models import PaymentAttempt
from payments.services import check_attempt
from payments.subscriptions import errors, selectors, services
from payments.subscriptions.enums import OPEN_STATES, CycleState
from payments.subscriptions.timing import GRACE, LONGEST_WAIT, NOTICE
from tests.payments.model_recurring import ModelCharging
from tests.payments.subscriptions.family import HOUR, PRICE_FEN, Family, make_plan

pytestmark = pytest.mark.django_db

_ACTS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([6, 20, 26, 60, 130, 190, 400])),
    st.tuples(st.just("choose"), st.booleans()),
    st.tuples(st.just("cancel"), st.none()),
    st.tuples(st.just("decline"), st.booleans()),
    st.tuples(
        st.just("fault"), st.sampled_from(["charge:before", "charge:after", "query:before", "end_agreement:after"])
    ),
    st.tuples(st.just("sign"), st.none()),
)


def _do(family: Family, act: str, how: object) -> None:
    company = family.company
    try:
        if act == "wait":
            # The scheduler sleeps for up to a day and a half now and then.
            family.wait(int(how) * HOUR, step=min(int(how), 36) * HOUR)  # type: ignore[call-overload]
        elif act == "choose":
            family.choose(renews=bool(how))
        elif act == "cancel":
            services.cancel_plan(subscription=family.subscription, now=family.now)
        elif act == "decline":
            company.decline = "NOT_ENOUGH" if how else ""
        elif act == "fault":
            call, when = str(how).split(":")
            company.faults[call] = when
        elif act == "sign":
            agreement = services.sign_for_renewal(
                subscription=family.subscription, gateway_code="wechat", now=family.now
            ).agreement
            company.sign(agreement.out_agreement_no)
            services.check_agreement(agreement_id=agreement.pk, now=family.now)
    except (errors.NoPlan, errors.NeedsAgreement):
        pass


def _check(family: Family) -> None:
    company = family.company
    for cycle in family.cycles:
        if cycle.charge_begun_at is not None:
            assert cycle.notices.filter(sent_at__lte=cycle.charge_begun_at - NOTICE).exists()
            assert cycle.charge_begun_at >= cycle.period_starts_at
    ours = family.subscription.agreements.values_list("out_agreement_no", flat=True)
    taken = [number for agreement, number, _fen in company.debits if agreement in ours]
    intents = PaymentAttempt.objects.filter(out_trade_no__in=taken).values_list("intent_id", flat=True)
    assert len(taken) == len(intents) == len(set(intents)), "one debit per period"
    access = selectors.plan_access(family.user, now=family.now)
    paid = family.subscription.cycles.filter(state__in=[CycleState.OPENED, CycleState.CLOSED])
    covered = any(cycle.period_starts_at <= family.now < cycle.period_ends_at for cycle in paid)
    if access is not None and not covered:
        # Only while a renewal that was chosen is tried, and never for long.
        subscription = family.subscription
        assert subscription.state in OPEN_STATES and subscription.period_ends_at is not None
        assert family.now < subscription.period_ends_at + NOTICE + LONGEST_WAIT + GRACE
        assert subscription.grace_until is not None
    starts = sorted((cycle.period_starts_at, cycle.period_ends_at) for cycle in paid)
    assert all(earlier[1] <= later[0] for earlier, later in zip(starts, starts[1:], strict=False))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=st.lists(_ACTS, min_size=3, max_size=14))
def test_any_order_of_things(company: ModelCharging, acts: list[tuple[str, object]]) -> None:
    company.decline = ""
    company.faults.clear()
    family = Family(company, plan=make_plan()).start_trial()
    for act, how in acts:
        _do(family, act, how)
        _check(family)
    company.decline = ""
    company.faults.clear()
    for attempt in PaymentAttempt.objects.filter(intent__buyer=family.user):
        check_attempt(attempt_id=attempt.pk)
    family.wait(timedelta(days=2))
    _check(family)
    assert family.taken_fen % PRICE_FEN == 0
