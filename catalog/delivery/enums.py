"""How far a delivery has come, when a visit fits, and what is explained at the door."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskState(TextChoices):
    ASKED = "asked", _("等社区安排")
    PLANNED = "planned", _("已安排")
    DONE = "done", _("已交到手上")
    CANCELLED = "cancelled", _("已取消")


#: States in which somebody may still come.
OPEN_STATES = (TaskState.ASKED, TaskState.PLANNED)


class DayPart(TextChoices):
    """When somebody comes: a part of a day, never a minute to wait for."""

    MORNING = "morning", _("上午 9:00–12:00")
    AFTERNOON = "afternoon", _("下午 14:00–17:00")
    EVENING = "evening", _("傍晚 17:30–19:30")


class Explained(TextChoices):
    """What a worker goes through at the door, in the family's language. Nothing of it asks about anybody's health."""

    SEALED = "sealed", _("包装完好，一起核对过")
    OPENED = "opened", _("怎么打开、怎么收好，讲过了")
    WAY = "way", _("说明书在哪里看，讲过了")
    HELP = "help", _("有问题找谁、怎么退，讲过了")
    CRISIS = "crisis", _("求助电话 12356，讲过了")
