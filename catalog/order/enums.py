from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: How payments names orders among the things that can be paid for.
PAYABLE_KIND = "order"


class OrderStatus(TextChoices):
    PENDING = "pending", _("待付款")
    PAID = "paid", _("已付款")
    EXPIRED = "expired", _("已过期")
    CANCELLED = "cancelled", _("已取消")
    REFUNDED = "refunded", _("已退款")


class QuestionStatus(TextChoices):
    OPEN = "open", _("待回复")
    ANSWERED = "answered", _("已回复")


class ProposalState(TextChoices):
    """How far a refund that our people or a partner want to give has come; ALONE: small enough for one person."""

    ALONE = "alone", _("一人决定")
    WAITING = "waiting", _("等待第二人确认")
    APPROVED = "approved", _("已同意")
    REFUSED = "refused", _("未同意")


class Why(TextChoices):
    """Why a session will not take place, where it is more than that somebody cancelled it."""

    CANCELLED = "cancelled", _("取消")
    DECLINED = "declined", _("机构没有接受")
    UNANSWERED = "unanswered", _("机构没有及时回复")
    TOO_FEW = "too_few", _("报名人数不够")
    CALLED_OFF = "called_off", _("活动取消")


class DeclineReason(TextChoices):
    """Why a provider says no. A short list instead of free words: the sentence reaches phones that others see, too."""

    TIME = "time", _("这个时间临时有安排")
    OTHER_PROVIDER = "other", _("更适合由别的咨询师来")
    FULL = "full", _("近期已经约满")
