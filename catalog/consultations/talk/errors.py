"""Every refusal a person can meet with messages about a booking."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourTalk(Refusal):
    """Who booked, the young person it is for, and those who look after it at the organisation."""

    sentence = _("没有找到这次预约。")


class TalkOver(Refusal):
    sentence = _("这次预约的消息已经关闭。要继续说，可以再约一次，或者在订单里告诉我们。")


class NothingSaid(Refusal):
    sentence = _("请写一点内容。")


class TooManyMessages(Refusal):
    sentence = _("刚刚发了很多条了，请过一会儿再写。")
