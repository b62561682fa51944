from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReturnState(TextChoices):
    """How far goods have come on their way back."""

    ASKED = "asked", _("已申请")
    APPROVED = "approved", _("可以寄回")
    SENT_BACK = "sent_back", _("寄回途中")
    RECEIVED = "received", _("已收到，退款中")
    REFUNDED = "refunded", _("已退款")
    REFUSED = "refused", _("没有通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    LAPSED = "lapsed", _("没有寄回，已关闭")


#: Something is still to happen.
OPEN_RETURN_STATES = (ReturnState.ASKED, ReturnState.APPROVED, ReturnState.SENT_BACK, ReturnState.RECEIVED)
#: The units of these come back, or came back.
COUNTING_STATES = (*OPEN_RETURN_STATES, ReturnState.REFUNDED)
