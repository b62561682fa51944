from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Place(TextChoices):
    """Where a talk takes place."""

    ONLINE = "online", _("线上")
    ON_SITE = "site", _("现场")


class Partner(TextChoices):
    """With whom we hold it."""

    SCHOOL = "school", _("学校")
    COMMUNITY = "community", _("社区")
    MEDICAL = "medical", _("医疗机构")
    OURSELVES = "own", _("心桥")


class SeatState(TextChoices):
    """How a sign-up stands."""

    GOING = "going", _("已报名")
    WAITING = "waiting", _("候补中")
    CANCELLED = "cancelled", _("已取消")
