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
