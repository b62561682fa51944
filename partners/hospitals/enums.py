from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterState(TextChoices):
    """How far a referral has come; after the first two nothing changes any more."""

    SENT = "sent", _("等医院看")
    ACCEPTED = "accepted", _("医院已接收")
    ANSWERED = "answered", _("医院已回复")
    DECLINED = "declined", _("医院没有接收")
    WITHDRAWN = "withdrawn", _("已收回")


OPEN_STATES = (LetterState.SENT, LetterState.ACCEPTED)
