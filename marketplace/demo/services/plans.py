"""The plan on sale, one family on its second day of trial, another in its second week."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from marketplace.accounts.models import User
from payments.gateways.recurring import AgreementStatus, AgreementTruth
from payments.simulators.alipay.agreements import WALLETS, Rule
from payments.simulators.alipay.house import house_from_environment
from payments.subscriptions.enums import PAYABLE_KIND
from payments.subscriptions.models import Plan
from payments.subscriptions.services import begin_trial, buy_period, publish_plan, take_over

from ..data import plans as data
from ..keys import stable_id
from .paying import pay_for


def make_plans() -> bool:
    """Publish the plan and let two families have it; once."""
    if Plan.objects.exists():
        return False
    begins = timezone.now() - timedelta(days=60)
    plan = publish_plan(
        code=data.CODE,
        name=data.NAME,
        name_en=data.NAME_EN,
        amount_fen=data.AMOUNT_FEN,
        period_months=1,
        benefits=data.BENEFITS,
        sessions=data.SESSIONS,
        session_unit_fen=data.SESSION_UNIT_FEN,
        now=begins,
    )
    _try_it(plan)
    _have_it(plan)
    return True


def _try_it(plan: Plan) -> None:
    """Signed with wallet B at the simulated Alipay, so that wallet A is still free to try with."""
    begun_at = timezone.now() - timedelta(days=1)
    agreement = begin_trial(user=_user(data.TRIES), plan=plan, gateway_code="alipay", now=begun_at).agreement
    number, book = agreement.out_agreement_no, house_from_environment().agreements
    rule = Rule("MONTH", 1, agreement.first_charge_on.isoformat(), agreement.amount_fen)
    book.open(number, rule, f"{settings.PUBLIC_BASE_URL}/pay/notify/alipay/", settings.PUBLIC_BASE_URL)
    signed = book.sign(number, "b")
    truth = AgreementTruth(AgreementStatus.SIGNED, signed.agreement_no, WALLETS["b"], begun_at)
    take_over(agreement=agreement, truth=truth, now=begun_at)


def _have_it(plan: Plan) -> None:
    bought_at = timezone.now() - timedelta(days=10)
    intent = buy_period(user=_user(data.HAS), plan=plan, now=bought_at)
    pay_for(kind=PAYABLE_KIND, payable_id=intent.payable_id, paid_at=bought_at + timedelta(minutes=2))


def _user(key: str) -> User:
    return User.objects.get(public_id=stable_id("user", key))
