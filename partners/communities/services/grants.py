"""Money for an adopted proposal: the community asks, our finance opens a fund, a second person puts money in.

The fund itself, what is spent of it and what goes back are payments.grants'.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from payments.grants.enums import FundState, MoneyFrom
from payments.grants.models import Fund
from payments.grants.services import FundPlan, ask_allocation, open_fund

from .. import locks
from ..enums import ProposalState
from ..errors import FundNotOpen, GrantGiven
from ..models import Activity, Proposal

#: Receipts come in after the day itself.
TIME_FOR_RECEIPTS = timedelta(days=30)


@transaction.atomic(durable=True)
def ask_grant(*, activity: Activity, now: datetime | None = None) -> Activity:
    """Ask the platform to pay for an adopted proposal; asking twice changes nothing. Raises GrantGiven, FundNotOpen."""
    activity = locks.locked_activity(activity.pk)
    if activity.fund_id is not None:
        raise GrantGiven
    proposal = _adopted(activity)
    if proposal is None or not proposal.budget_fen:
        raise FundNotOpen
    if activity.fund_asked_at is None:
        activity.fund_asked_at = now or timezone.now()
        activity.save(update_fields=["fund_asked_at"])
    return activity


def open_grant(*, activity: Activity, opened_by: User, now: datetime | None = None) -> Fund:
    """Open a fund of the adopted budget and ask a second person to put the money in. Raises GrantGiven, FundNotOpen.

    The activity is marked first, so that two people who press at once open one fund.
    """
    now = now or timezone.now()
    proposal = _claim(activity, now)
    fund = open_fund(
        plan=FundPlan(
            payee=activity.partner.public_id,
            title=activity.title,
            budget_fen=proposal.budget_fen,
            starts_on=timezone.localdate(now),
            ends_on=timezone.localdate(proposal.ends_at + TIME_FOR_RECEIPTS),
        ),
        opened_by=opened_by,
    )
    Activity.objects.filter(pk=activity.pk).update(fund=fund)
    ask_allocation(fund=fund, amount_fen=proposal.budget_fen, money_from=MoneyFrom.PUBLIC_GOOD, asked_by=opened_by)
    return fund


@transaction.atomic(durable=True)
def _claim(activity: Activity, now: datetime) -> Proposal:
    activity = locks.locked_activity(activity.pk)
    if activity.fund_id is not None or activity.fund_opened_at is not None:
        raise GrantGiven
    proposal = _adopted(activity)
    if activity.fund_asked_at is None or proposal is None:
        raise FundNotOpen
    activity.fund_opened_at = now
    activity.save(update_fields=["fund_opened_at"])
    return proposal


@transaction.atomic(durable=True)
def use_fund(*, activity: Activity, fund_id: UUID, now: datetime | None = None) -> Activity:
    """Pay for an activity out of a fund the community has already. Raises GrantGiven, FundNotOpen."""
    today = timezone.localdate(now or timezone.now())
    activity = locks.locked_activity(activity.pk)
    if activity.fund_id is not None or activity.fund_opened_at is not None:
        raise GrantGiven
    fund = Fund.objects.filter(
        public_id=fund_id, payee=activity.partner.public_id, state=FundState.OPEN, ends_on__gte=today
    ).first()
    if fund is None:
        raise FundNotOpen
    activity.fund = fund
    activity.save(update_fields=["fund"])
    return activity


def _adopted(activity: Activity) -> Proposal | None:
    return Proposal.objects.filter(activity=activity, state=ProposalState.ACCEPTED).first()
