"""Every refusal a person can meet at the room. `code` tells a browser what happened, the sentence the person."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class RoomRefusal(Refusal):
    """Somebody may not come in, or not do this inside. `closes`: they are put out, not merely told."""

    code = "refused"
    closes = True


class SignedOut(RoomRefusal):
    """Nobody is signed in, or not any more."""

    code, sentence = "signed_out", _("请先登录，再进入咨询室。")


class SecondStepDue(RoomRefusal):
    """The provider has not taken the second step in this session."""

    code, sentence = "second_step", _("请先完成两步验证，再进入咨询室。")


class RoomNotFound(RoomRefusal):
    """There is no such session for this person."""

    code, sentence = "not_found", _("没有找到这场咨询，请从自己的预约里进入。")


class RoomNotBooked(RoomRefusal):
    """The booking is not paid, waits for the provider's yes, or was cancelled."""

    code, sentence = "not_booked", _("这个预约已经取消，或者还没有确认，现在不能进入咨询室。")


class HeldInPerson(RoomRefusal):
    """The session takes place somewhere else."""

    code, sentence = "in_person", _("这场咨询约在线下见面，不用进入线上咨询室。")


class RoomNotOpenYet(RoomRefusal):
    """It is too early."""

    code, sentence = "too_early", _("还早，咨询室会在开始前 15 分钟打开。")


class RoomOver(RoomRefusal):
    """The time is over."""

    code, sentence = "over", _("这场咨询的时间已经过去，咨询室关上了。")


class RoomFull(RoomRefusal):
    """As many people are in it as it holds."""

    code, sentence = "full", _("咨询室里已经坐满了。如果有名额却进不来，请联系机构。")


class OpenedElsewhere(RoomRefusal):
    """The same person came in with another device or page."""

    code, sentence = "elsewhere", _("咨询室已经在另一个页面或设备上打开，这里先停下了。")


class Declined(RoomRefusal):
    """The provider did not let them in, or asked them to leave."""

    code, sentence = "declined", _("咨询师现在还不能请你进来。可以过一会儿再试，或者联系机构。")


class TooManyMessages(RoomRefusal):
    """Somebody sends faster than people can."""

    code, closes, sentence = "too_fast", False, _("发得太快了，请慢一点。")


class MessageTooLong(RoomRefusal):
    """A message is longer than the room passes on."""

    code, closes, sentence = "too_long", False, _("这条太长了，请分几条发。")


class MessageNotUnderstood(RoomRefusal):
    """A browser sent something that is no message of the room."""

    code, closes, sentence = "not_understood", False, _("页面出了点问题，请刷新后再试。")


class NotAllowedHere(RoomRefusal):
    """Somebody in the lobby, or not the provider, tried what only others may."""

    code, closes, sentence = "not_allowed", False, _("现在还不能这样做。")


class PersonNotHere(RoomRefusal):
    """Whom it is meant for is not in this room."""

    code, closes, sentence = "not_here", False, _("这个人现在不在咨询室里。")


class NoEmergencyHere(Refusal):
    """Only the provider of a session raises an emergency, around its time, for somebody who booked it."""

    sentence = _("没有找到这场咨询，或者它早已结束。需要帮助请直接拨打 120 或 110。")


class WhereaboutsClosed(Refusal):
    """The session is over, or is not this person's."""

    sentence = _("这场咨询已经结束，不用再填了。")
