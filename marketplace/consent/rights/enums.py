from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestKind(TextChoices):
    """The rights of PIPL 45 to 47 that need more than a page: a copy, a correction, an erasure."""

    EXPORT = "export", _("拿一份副本")
    CORRECT = "correct", _("更正")
    ERASE = "erase", _("删除")


class Scope(TextChoices):
    """How much somebody may ask for: the guardian of a 14 to 17 year old gets bookings and bills only (D6)."""

    FULL = "full", _("全部")
    BOOKINGS_AND_BILLS = "bookings", _("预约和账单")


class RequestState(TextChoices):
    """Where a request stands. Open ones are `OPEN_STATES`; the others are final."""

    COOLING = "cooling", _("可以撤回")
    WAITING = "waiting", _("等待处理")
    RUNNING = "running", _("正在处理")
    PAUSED = "paused", _("暂缓")
    DONE = "done", _("已完成")
    DECLINED = "declined", _("没有同意")
    WITHDRAWN = "withdrawn", _("已撤回")
    FAILED = "failed", _("需要人工处理")


#: A failed one stays open: a person of ours mends it, and nobody has to ask twice.
OPEN_STATES = (
    RequestState.COOLING,
    RequestState.WAITING,
    RequestState.RUNNING,
    RequestState.PAUSED,
    RequestState.FAILED,
)


class Fact(TextChoices):
    """What a person asks us to correct: what they cannot change on a page themselves."""

    BORN_ON = "born_on", _("出生日期")
    BOOKING = "booking", _("预约记录")
    ORDER = "order", _("订单或账单")
    ACCESS = "access", _("谁看过的记录")
    OTHER = "other", _("其他")


class Pause(TextChoices):
    """Why an erasure waits."""

    OBSTACLE = "obstacle", _("还有没结束的预约或订单")
    HOLD = "hold", _("依法需要暂时保留")
