"""What a family is told of its plan, in words fit for a stranger's eyes."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.templatetags.xinqiao import day as shown_day
from marketplace.core.templatetags.xinqiao import yuan
from marketplace.notifications.models import Message
from marketplace.notifications.services import notify
from payments.subscriptions.enums import EndReason
from payments.subscriptions.models import BillingCycle, Subscription

#: Kept with each notice: which words were sent.
WORDING = "2026-11"


def notice_text(subscription: Subscription, cycle: BillingCycle) -> str:
    """The announcement of a period: price, day, and the way out or in. (Rules on online trade, art. 18.)"""
    facts = {
        "day": shown_day(timezone.localtime(cycle.period_starts_at)),
        "sum": yuan(cycle.amount_fen),
        "months": subscription.plan.period_months,
    }
    if subscription.renews:
        return _(
            "提前告诉你：你的心桥会员将在 {day} 自动续费 {sum}（{months} 个月）。不想续，在「我的会员」里选“到期结束”，不会扣款。"
        ).format(**facts)
    return _(
        "你的心桥会员到 {day} 为止。你没有选择自动续费，到期自动结束，不会扣款。想继续用，可以在「我的会员」里选择续费：{day} 扣 {sum}（{months} 个月），随时可以取消。"
    ).format(**facts)


def tell(subscription: Subscription, *, key: str, subject: str, body: str) -> list[Message]:
    """Send one message about a plan, once per key. Joins the caller's transaction."""
    return notify(
        key=f"plan:{subscription.pk}:{key}",
        recipient=subscription.user,
        subject=subject,
        body=body,
        url=reverse("subscriptions:mine"),
    )


def tell_started(subscription: Subscription, cycle: BillingCycle) -> None:
    """The trial has begun."""
    text = _("试用到 {day}。到期自动结束，不会扣款；想继续用，可以自己选择续费。").format(day=_on(cycle.period_ends_at))
    tell(subscription, key="trial", subject=_("心桥会员试用已开始"), body=text)


def tell_paid(subscription: Subscription, cycle: BillingCycle) -> None:
    """A period was paid."""
    text = _("已付 {sum}，可以用到 {day}。收据在「我的会员」里。").format(
        sum=yuan(cycle.amount_fen), day=_on(cycle.period_ends_at)
    )
    tell(subscription, key=f"paid:{cycle.pk}", subject=_("心桥会员已开通"), body=text)


def tell_past_due(subscription: Subscription, cycle: BillingCycle) -> None:
    """A debit was refused; it is tried again."""
    assert cycle.next_try_at is not None  # past due means that another try is planned
    text = _(
        "续费没有成功，没有扣款。现在照常能用，{day} 会再试一次。想换支付方式或不再续费，在「我的会员」里改。"
    ).format(day=_on(cycle.next_try_at))
    tell(subscription, key=f"try:{cycle.pk}:{cycle.tries}", subject=_("续费没有成功"), body=text)


def tell_stopped(subscription: Subscription) -> None:
    """The agreement ended at the company, not here."""
    text = _("支付公司那边的自动扣款授权已经解除，之后不会再扣款。会员可以用到这一期结束。")
    tell(subscription, key=f"stopped:{subscription.period_ends_at:%Y%m%d}", subject=_("自动续费已关闭"), body=text)


def tell_ended(subscription: Subscription) -> None:
    """The plan is over; kindly."""
    words = {
        EndReason.TRIAL_OVER: _("试用到期了，没有扣款。你们做过的练习和记录都还在，想再用随时可以开通。"),
        EndReason.PERIOD_OVER: _("会员到期了，没有再扣款。你们做过的练习和记录都还在，想再用随时可以开通。"),
        EndReason.UNPAID: _("续费几次都没有成功，会员先停在这里，没有扣款。你们的记录都还在，方便的时候可以再开通。"),
        EndReason.TRIAL_USED: _(
            "这个支付账户已经试用过一次，所以没有开始新的试用，没有扣款，授权也已解除。想用可以直接开通一期。"
        ),
        EndReason.REFUNDED: _("会员已结束，没有用完的部分会原路退回。"),
    }
    body = words.get(EndReason(subscription.ended_reason))
    if body:
        tell(subscription, key="ended", subject=_("心桥会员已结束"), body=body)


def _on(at: datetime) -> str:
    return str(shown_day(timezone.localtime(at)))
