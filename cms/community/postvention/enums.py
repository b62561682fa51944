"""The words of the hold after bad news."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """What a surge is counted in. A theme is told by several signs together, never by one word."""

    LOSS = "loss", _("有人去世或出事的消息")
    SELF_HARM = "self_harm", _("不想活、伤害自己")
    VIOLENCE = "violence", _("被人伤害、学校里的暴力")


class HoldCause(TextChoices):
    """Who or what turned a hold on."""

    SURGE = "surge", _("相关的帖子突然变多")
    PERSON = "person", _("工作人员开启")
    DRILL = "drill", _("演练")


class HoldStep(TextChoices):
    """What is written down about a hold."""

    BEGAN = "began", _("开启")
    CONFIRMED = "confirmed", _("有人看过，继续")
    NOTE = "note", _("记录")
    ENDED = "ended", _("结束")
