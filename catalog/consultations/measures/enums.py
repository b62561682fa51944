from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Better(TextChoices):
    """Which way is better on a scale."""

    LESS = "less", _("分数越低越好")
    MORE = "more", _("分数越高越好")


class ChangeKind(TextChoices):
    """What a difference between two scores says."""

    BETTER = "better", _("可靠地变好")
    WORSE = "worse", _("可靠地变差")
    WITHIN = "within", _("在测量误差以内")
    UNKNOWN = "unknown", _("没有误差数据，只看走向")
