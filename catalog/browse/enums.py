from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sort(TextChoices):
    """Orders a person may choose. None of them knows of stars."""

    RECOMMENDED = "", _("推荐")
    SOONEST = "soonest", _("最早可约")
    CHEAPEST = "price", _("价格从低到高")
    DEAREST = "-price", _("价格从高到低")


class PriceBand(TextChoices):
    """Price of one session or piece: up to and including the upper end."""

    LOW = "200", _("¥200 以内")
    MIDDLE = "500", _("¥200–500")
    HIGH = "more", _("¥500 以上")


class When(TextChoices):
    """When there is free time; days are Shanghai's."""

    TODAY = "today", _("今天")
    WEEKEND = "weekend", _("本周末")
    BEFORE_SCHOOL = "before_school", _("上学前（8:00 以前）")
    AFTER_SCHOOL = "after_school", _("放学后（17:00 以后）")


#: Those that narrow the hours of a day; the others name days.
HOURS = frozenset({When.BEFORE_SCHOOL, When.AFTER_SCHOOL})


class FacetGroup(TextChoices):
    """What listings can be narrowed by; the value is the parameter's name in the address."""

    NEED = "need", _("困扰方向")
    KIND = "kind", _("服务类型")
    WHEN = "when", _("可约时间")
    MODE = "mode", _("方式")
    PRICE = "price", _("每次费用")
    ORGANISATION = "org", _("机构类型")
    LANGUAGE = "lang", _("语言")
