"""The words of letters."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class WriterKind(TextChoices):
    """Who writes, as far as whoever answers has to know."""

    YOUNG = "young", _("青少年")
    PARENT = "parent", _("家长")


class ThreadStatus(TextChoices):
    """Whose turn it is."""

    WAITING = "waiting", _("等回信")
    ANSWERED = "answered", _("已回信")
    CLOSED = "closed", _("已结束")


class EventKind(TextChoices):
    """What happens to a thread beside its letters. Only those who answer read it."""

    TAKEN = "taken", _("接了这封信")
    HANDED_OVER = "handed_over", _("转给同事")
    NOTE = "note", _("给同事的话")
    CLOSED = "closed", _("结束")
    REMINDED = "reminded", _("提醒")
    WORRY = "worry", _("告诉了安全值守")


class Reminder(IntegerChoices):
    """After how many hours of waiting somebody is told: twice whoever answers, then the leads."""

    FIRST = 24, _("24 小时")
    SECOND = 40, _("40 小时")
    MISSED = 48, _("48 小时")
