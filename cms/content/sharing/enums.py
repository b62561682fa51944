from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Whether a copy left this house or came into it."""

    OUTGOING = "out", _("分享出去")
    INCOMING = "in", _("收进来")
