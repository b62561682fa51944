from datetime import time

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class EntryState(TextChoices):
    """Where somebody on the waiting list stands. The last three are the end of it."""

    WAITING = "waiting", _("候补中")
    OFFERED = "offered", _("有时间留给你")
    PAUSED = "paused", _("暂停")
    MET = "met", _("已约上")
    LEFT = "left", _("已退出")
    ENDED = "ended", _("已结束")


LIVE_ENTRY_STATES = (EntryState.WAITING, EntryState.OFFERED, EntryState.PAUSED)


class OfferState(TextChoices):
    """What became of a time that was kept for somebody who waited."""

    OPEN = "open", _("等你决定")
    ACCEPTED = "accepted", _("要了，待付款")
    TAKEN = "taken", _("已约上")
    DECLINED = "declined", _("没有要")
    LAPSED = "lapsed", _("到时间让给了下一位")
    WITHDRAWN = "withdrawn", _("机构收回了")


LIVE_OFFER_STATES = (OfferState.OPEN, OfferState.ACCEPTED)


class NeedBand(IntegerChoices):
    """How soon somebody needs a session, as the people who give it see it. Within a band whoever waits longest is first."""

    ROUTINE = 0, _("按等候时间")
    SOON = 1, _("尽早")
    FIRST = 2, _("优先")


class PartOfDay(TextChoices):
    """When in a day a session suits, as families say it."""

    ANY = "", _("都可以")
    MORNING = "morning", _("上午")
    AFTERNOON = "afternoon", _("下午")
    EVENING = "evening", _("放学后和晚上")


#: From when to when (Shanghai time) a session of a part of the day lies, from its start to its end; None is open.
SPANS: dict[str, tuple[time | None, time | None]] = {
    PartOfDay.ANY: (None, None),
    PartOfDay.MORNING: (None, time(12, 30)),
    PartOfDay.AFTERNOON: (time(12), time(18)),
    PartOfDay.EVENING: (time(16, 30), None),
}
