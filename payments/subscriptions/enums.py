"""States of plans, agreements and periods, and why a plan ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PAYABLE_KIND = "plan_cycle"


class SubscriptionState(models.TextChoices):
    """Where a family's plan stands. INCOMPLETE: asked for, neither agreed to nor paid yet."""

    INCOMPLETE = "incomplete", _("还没开通")
    TRIALING = "trialing", _("试用中")
    ACTIVE = "active", _("使用中")
    PAST_DUE = "past_due", _("续费没有成功")
    ENDED = "ended", _("已结束")


LIVE_STATES = (
    SubscriptionState.INCOMPLETE,
    SubscriptionState.TRIALING,
    SubscriptionState.ACTIVE,
    SubscriptionState.PAST_DUE,
)
#: In these the family has what the plan holds, as long as `access_until` says.
OPEN_STATES = (SubscriptionState.TRIALING, SubscriptionState.ACTIVE, SubscriptionState.PAST_DUE)


class EndReason(models.TextChoices):
    """Why a plan ended."""

    NOT_STARTED = "not_started", _("没有开通")
    TRIAL_OVER = "trial_over", _("试用到期")
    PERIOD_OVER = "period_over", _("到期")
    UNPAID = "unpaid", _("续费没有成功")
    REFUNDED = "refunded", _("已退款")
    TRIAL_USED = "trial_used", _("这个支付账户已经试用过")


class AgreementState(models.TextChoices):
    """Permission to debit, as we last heard. ENDING: we want no more of it, the company has not confirmed yet."""

    WAITING = "waiting", _("等待确认")
    SIGNED = "signed", _("已授权")
    ENDING = "ending", _("正在解除")
    ENDED = "ended", _("已解除")


#: The company may still hold such an agreement.
OPEN_AGREEMENTS = (AgreementState.WAITING, AgreementState.SIGNED, AgreementState.ENDING)


class CycleKind(models.TextChoices):
    """How a period is paid for. MIRRORED: by a company's own calendar, we copy its bill."""

    TRIAL = "trial", _("试用")
    BY_HAND = "by_hand", _("自己付款")
    DEBIT = "debit", _("自动续费")
    MIRRORED = "mirrored", _("由支付公司续费")


class CycleState(models.TextChoices):
    """How far a period has come. PLANNED: announced, nothing is owed yet. OPENED: its time runs or ran."""

    PLANNED = "planned", _("未到")
    DUE = "due", _("付款中")
    OPENED = "opened", _("已开通")
    CLOSED = "closed", _("已过")
    VOID = "void", _("没有续费")
    REFUNDED = "refunded", _("已退款")


class Benefit(models.TextChoices):
    """A named paid service that a plan opens. Sessions are counted apart."""

    REPORTS = "reports", _("深度测评报告")
    COURSES = "courses", _("全部课程与练习")
