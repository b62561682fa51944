"""Why somebody cannot sign up, or not any more."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class SignUpClosed(Refusal):
    """The talk has begun, was cancelled, or its sign-up has ended."""

    sentence = _("这场活动的报名已经结束了。")


class AlreadySignedUp(Refusal):
    """Once is enough."""

    sentence = _("你已经报过名了。要改人数，可以先取消再报。")


class TooFewSeats(Refusal):
    """A list of those who wait is kept only for who wants to be on it."""

    sentence = _("剩下的座位不够这么多人。可以少几个人，或者候补。")


class NotThere(Refusal):
    """It was cancelled already."""

    sentence = _("这份报名已经取消了。")
