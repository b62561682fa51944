"""Words of the consultation room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EncounterStatus(TextChoices):
    """Where a session itself stands (FHIR R4B Encounter.status)."""

    PLANNED = "planned", _("还没开始")
    ARRIVED = "arrived", _("有人到了，还没开始")
    IN_PROGRESS = "in-progress", _("正在进行")
    FINISHED = "finished", _("已经结束")
    CANCELLED = "cancelled", _("没有进行")


#: Nobody has been let in yet.
NOT_BEGUN = (EncounterStatus.PLANNED, EncounterStatus.ARRIVED)


class Part(TextChoices):
    """As what somebody is in a session."""

    PROVIDER = "provider", _("咨询师")
    FAMILY = "family", _("来咨询的人")


class Place(TextChoices):
    """Where somebody is: waiting to be let in, or in the room."""

    LOBBY = "lobby", _("等候")
    INSIDE = "inside", _("在咨询室里")


class Quality(TextChoices):
    """What somebody sends: picture and sound, sound alone, or words alone."""

    VIDEO = "video", _("视频")
    VOICE = "voice", _("语音")
    TEXT = "text", _("文字")
