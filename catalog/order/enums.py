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
