"""What the demo's partners earned and are owed: published rules, a drawn-up month, a payout that waits, a community's fund."""

from datetime import datetime, timedelta

from django.utils import timezone

from catalog.fulfilment.sweeping import earn_due
from catalog.partner.models import Partner
from marketplace.accounts.models import User
from payments.grants.enums import MoneyFrom
from payments.grants.models import Fund
from payments.grants.services import FundPlan, ask_allocation, ask_to_spend, decide_allocation, open_fund
from payments.settlement.enums import Channel
from payments.settlement.models import FeeVersion, Payee
from payments.settlement.rules import month_before
from payments.settlement.services import (
    FeeDraft,
    ask_account_change,
    confirm_account_change,
    draft_fees,
    draft_payout,
    draw_up_statement,
    publish_fees,
)
from payments.settlement.services.accounts import AccountDetails

from ..data import money as data
from ..keys import stable_id

_FIRST, _SECOND = "staff", "lead"


def publish_rules() -> bool:
    """Publish the rules the demo's orders are placed under, and draft the next ones; once."""
    if FeeVersion.objects.exists():
        return False
    begins = timezone.now() - timedelta(days=200)
    version = draft_fees(draft=_draft(begins, data.SHARES), drafted_by=_user(_FIRST))
    publish_fees(version=version, published_by=_user(_SECOND), now=begins)
    draft_fees(draft=_draft(timezone.now() + timedelta(days=30), data.NEXT_SHARES), drafted_by=_user(_SECOND))
    return True


def make_money() -> bool:
    """Draw up last month, propose a payout to the clinic, and give the community a fund; once."""
    if Fund.objects.exists():
        return False
    earn_due()
    _name_account()
    for payee in Payee.objects.values_list("payee", flat=True):
        draw_up_statement(payee=payee, period_on=month_before(timezone.localdate()))
    draft_payout(payee=_partner("qinghe").public_id, drafted_by=_user(_FIRST))
    _make_fund()
    return True


def _draft(valid_from: datetime, shares: tuple[tuple[str, str, str, int], ...]) -> FeeDraft:
    texts = {
        "price_rules": data.PRICE_RULES,
        "price_rules_en": data.PRICE_RULES_EN,
        "commission_rules": data.COMMISSION_RULES,
        "commission_rules_en": data.COMMISSION_RULES_EN,
        "refund_rules": data.REFUND_RULES,
        "refund_rules_en": data.REFUND_RULES_EN,
    }
    return FeeDraft(valid_from=valid_from, texts=texts, lines=shares)


def _name_account() -> None:
    long_ago = timezone.now() - timedelta(days=40)
    details = AccountDetails(Channel.ALIPAY, data.ACCOUNT_HOLDER, data.ACCOUNT_NUMBER)
    account = ask_account_change(
        payee=_partner("qinghe").public_id, details=details, asked_by=_user("wen"), now=long_ago
    )
    confirm_account_change(account=account, confirmed_by=_user(_FIRST), now=long_ago + timedelta(hours=3))


def _make_fund() -> None:
    today = timezone.localdate()
    plan = FundPlan(
        payee=_partner("wangshan-community").public_id,
        title=data.FUND_TITLE,
        budget_fen=500_000,
        starts_on=today - timedelta(days=20),
        ends_on=today + timedelta(days=70),
    )
    fund = open_fund(plan=plan, opened_by=_user(_FIRST))
    asked = ask_allocation(fund=fund, amount_fen=300_000, money_from=MoneyFrom.DONATION, asked_by=_user(_FIRST))
    decide_allocation(allocation=asked, approved=True, decided_by=_user(_SECOND))
    ask_to_spend(fund=fund, amount_fen=68_000, purpose=data.SPENT_ON, evidence=data.RECEIPT, asked_by=_user("yan"))


def _user(key: str) -> User:
    return User.objects.get(public_id=stable_id("user", key))


def _partner(key: str) -> Partner:
    return Partner.objects.get(public_id=stable_id("partner", key))
