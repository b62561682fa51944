"""How a dispute stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DisputeState(models.TextChoices):
    """A payer's bank asks for the money back; WON and LOST are final."""

    NEEDS_RESPONSE = "needs_response", _("等我们答复")
    UNDER_REVIEW = "under_review", _("银行审理中")
    WON = "won", _("已判给我们")
    LOST = "lost", _("已判给付款人")


OPEN_DISPUTE_STATES = (DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW)

#: Why a bank asks, in our words; companies name the reasons, and may name new ones.
REASONS = {
    "credit_not_processed": _("该退的款没有退"),
    "customer_initiated": _("付款人要求"),
    "debit_not_authorized": _("没有授权扣款"),
    "duplicate": _("重复扣款"),
    "fraudulent": _("不是持卡人付的"),
    "general": _("没有写明"),
    "product_not_received": _("没有收到"),
    "product_unacceptable": _("和说好的不一样"),
    "subscription_canceled": _("已经取消了续费"),
    "unrecognized": _("持卡人不认得这笔付款"),
}
