from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Worry(TextChoices):
    """What somebody worries about, in their own words."""

    HURTS_SELF = "self_harm", _("TA 可能会伤害自己，或者说过不想活")
    HURT_BY_OTHERS = "harm_by_others", _("有人在欺负、威胁 TA")
    HURT_BY_ADULT = "abuse", _("有大人在打 TA、不管 TA，或者碰 TA 的身体")
    MAY_HURT_OTHERS = "harm_to_others", _("TA 可能会伤害别人")
    EATING = "eating", _("TA 不吃东西，或者吃了又吐")
    UNSURE = "unsure", _("说不清，就是很担心")


class When(TextChoices):
    """How soon somebody has to look, as the reporter sees it."""

    NOW = "now", _("现在就有危险")
    TODAY = "today", _("今天就该有人去看看")
    SOON = "soon", _("这几天")
    UNSURE = "unsure", _("我不知道")


class Side(TextChoices):
    """Who wrote something."""

    REPORTER = "reporter", _("你")
    DESK = "desk", _("安全值守")
