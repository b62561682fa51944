from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Mode(TextChoices):
    """How a session is held."""

    IN_PERSON = "in_person", _("到店")
    PHONE = "phone", _("电话")
    VIDEO = "video", _("视频")
    TEXT = "text", _("文字")


#: Modes held in the consultation room.
REMOTE_MODES = (Mode.VIDEO, Mode.PHONE, Mode.TEXT)


class RoomKind(TextChoices):
    """What a bookable resource of a location is."""

    ROOM = "room", _("房间")
    LINE = "line", _("热线")


class Language(TextChoices):
    """What people often speak, by the words that a provider's `languages` keep; other words are shown as they are."""

    MANDARIN = "普通话", _("普通话")
    ENGLISH = "英语", _("英语")
    CANTONESE = "粤语", _("粤语")
    SICHUANESE = "四川话", _("四川话")
    SIGN_LANGUAGE = "手语", _("手语")
    DIALECT = "方言", _("方言")


class Weekday(IntegerChoices):
    """As in `date.weekday()`: Monday is 0."""

    MONDAY = 0, _("周一")
    TUESDAY = 1, _("周二")
    WEDNESDAY = 2, _("周三")
    THURSDAY = 3, _("周四")
    FRIDAY = 4, _("周五")
    SATURDAY = 5, _("周六")
    SUNDAY = 6, _("周日")


class OccupancyKind(TextChoices):
    INDIVIDUAL = "individual", _("个体")
    GROUP = "group", _("团体")
    BLOCKED = "blocked", _("不可约")


class BookingStatus(TextChoices):
    """FHIR Appointment.status; `pending` is a hold, which ends at `held_until`.

    `proposed` is paid and waits for the provider's yes until `answer_by`.
    """

    PENDING = "pending", _("已保留，待付款")
    PROPOSED = "proposed", _("已付款，等待确认")
    BOOKED = "booked", _("已预约")
    FULFILLED = "fulfilled", _("已完成")
    NOSHOW = "noshow", _("未到")
    CANCELLED = "cancelled", _("已取消")


LIVE_BOOKING_STATUSES = tuple(status for status in BookingStatus if status != BookingStatus.CANCELLED)


class Attendee(TextChoices):
    """Who sits in a place: the young person, or the guardian who comes along."""

    CHILD = "child", _("孩子")
    GUARDIAN = "guardian", _("家长")


class CancelledBy(TextChoices):
    FAMILY = "family", _("家庭取消")
    PROVIDER = "provider", _("机构取消")
    EXPIRY = "expiry", _("保留到期")
    PLATFORM = "platform", _("平台取消")


class CalendarTrouble(TextChoices):
    """Why another calendar could not be read."""

    UNREACHABLE = "unreachable", _("地址打不开")
    REFUSED = "refused", _("对方拒绝读取")
    NO_CALENDAR = "no_calendar", _("这个地址里没有日历")
    TOO_LARGE = "too_large", _("日历太大")


class FeedKind(TextChoices):
    """Whose bookings a private calendar address shows."""

    PROVIDER = "provider", _("我给的咨询")
    FAMILY = "family", _("我家的预约")


class ConflictReason(TextChoices):
    """Why a booking no longer fits what its provider says; it stays until somebody moves or cancels it."""

    BUSY_ELSEWHERE = "busy_elsewhere", _("另一个日历里这段时间有事")
    CLOSED_DAY = "closed_day", _("这段时间已经关闭")
    HOLIDAY = "holiday", _("法定节假日")
    OUTSIDE_HOURS = "outside_hours", _("不在每周的时间里")
    NO_ROOM = "no_room", _("没有房间")
