"""Every refusal a person can meet while booking."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class SlotTaken(Refusal):
    """Somebody else has this time, or the provider closed it meanwhile."""

    sentence = _("这个时间刚刚被约走了，没有下单，也没有扣款。可以看看相近的时间。")

    def __init__(self, look_for_others: Callable[[], Sequence[Any]] | None = None) -> None:
        super().__init__()
        self._look_for_others = look_for_others

    @cached_property
    def alternatives(self) -> list[Any]:
        """The nearest open slots (list[Slot]), looked up when first asked for: never under the lock that refused."""
        return list(self._look_for_others()) if self._look_for_others else []


class SeatsGone(SlotTaken):
    """The group is full."""

    sentence = _("这场团体的名额刚刚满了，没有下单，也没有扣款。可以看看其他场次。")


class RoomTaken(SlotTaken):
    """The provider is free, but no room is."""

    sentence = _("这个时间已经没有空房间了，没有下单，也没有扣款。可以换一个时间，或换一种方式。")


class DayFull(SlotTaken):
    """The provider takes no more sessions that day, or that week."""

    sentence = _("这位咨询师这几天的预约已经满了，没有下单，也没有扣款。可以看看其他日子。")


class SlotNotOffered(Refusal):
    """The time is outside working hours, off the grid, too soon, too far, or not of this service."""

    sentence = _("这个时间不在可约时间里，请重新选择一个时间。")


class SlotInThePast(SlotNotOffered):
    sentence = _("这个时间已经过去了，请重新选择一个时间。")


class ModeNotOffered(SlotNotOffered):
    sentence = _("这个时间暂时不能用这种方式，请换一种方式或时间。")


class ChildAlreadyBooked(Refusal):
    """The child has another live booking at that time; `booking_id` says which."""

    sentence = _("孩子在这个时间已经有一个预约了，请换一个时间。")

    def __init__(self, booking_id: int | None = None) -> None:
        super().__init__()
        self.booking_id = booking_id


class NotYourChild(Refusal):
    sentence = _("只能为自己照顾的孩子预约。")


class NotYourBooking(Refusal):
    sentence = _("没有找到这个预约。")


class TooManyHolds(Refusal):
    sentence = _("已经同时保留了好几个时间。先付款或放弃其中一个，再保留新的。")


class HoldExpired(Refusal):
    """The hold ended and the session's time has come too near to take it again."""

    sentence = _("保留的时间已经到期，请重新选择一个时间。")


class TooLateToChange(Refusal):
    sentence = _("离开始太近，已经不能在线更改。需要帮助请联系机构。")


class BookingEnded(Refusal):
    """Cancelled, held or missed: nothing is left to change."""

    sentence = _("这个预约已经结束或取消，不能再更改。")


class RequestEnded(Refusal):
    """A request that was answered, taken back or lapsed."""

    sentence = _("这个请求已经有了结果，不用再回复。")


class RequestOpen(Refusal):
    """A request is answered before its time is changed."""

    sentence = _("这个预约还在等你确认。先回复，再改时间。")


class SomebodyIsPaying(Refusal):
    """A family is about to pay for this time."""

    sentence = _("有家庭正在为这个时间付款，过一会儿再改。")


class MemberBusy(Refusal):
    """A member of a group has something else at the new time."""

    sentence = _("有一位参加的人在新的时间已经有别的预约，请换一个时间。")


class TogetherWrong(Refusal):
    """Fewer than two places, too many, or one person twice."""

    sentence = _("一起约的人数不对：两个人以上、每人一个名额。")


class GuardianNotAdmitted(Refusal):
    """A guardian's seat without the child's in the same group, or where guardians have no seats."""

    sentence = _("这一项没有家长的名额，或者要和孩子的名额一起约。")


class SeriesWrong(Refusal):
    """A rhythm, a number or dates that this service does not offer as a series."""

    sentence = _("这样连着约不行：请看一下每隔几周、一共几场。")


class TooManySeats(Refusal):
    """A group from afar is larger than a consultation room."""

    sentence = _("能在线上参加的小组最多 8 个名额，这样每个人都看得见、听得清。可以少开几个名额，或者改成只到店参加。")


class SessionNotStarted(Refusal):
    sentence = _("还没到开始时间，暂时不能登记到场情况。")


class HoursOverlap(Refusal):
    sentence = _("同一天的两段时间重叠了，请调整后再保存。")


class HoursInvalid(Refusal):
    sentence = _("结束时间要晚于开始时间。")


class NotYourPlace(Refusal):
    """A location or room of another organisation."""

    sentence = _("没有找到这个地点或房间。")


class AddressNotReadable(Refusal):
    """Not the address of a calendar: https or webcal."""

    sentence = _("这不是日历的地址。请粘贴以 https:// 或 webcal:// 开头的私密日历地址。")


class TooManyCalendars(Refusal):
    sentence = _("最多可以添加 5 个日历。先移除一个，再添加新的。")


class RoomNameTaken(Refusal):
    sentence = _("这个地点已经有一个同名的房间或热线。")
