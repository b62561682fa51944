"""Every refusal a person can meet with feedback."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourSession(Refusal):
    """Whoever booked gives feedback, and the young person who was there."""

    sentence = _("没有找到这次见面。")


class NotHeld(Refusal):
    """Only a session that took place can be told about."""

    sentence = _("见面进行过以后，才能写评价。")


class TooLate(Refusal):
    sentence = _("这次见面已经过去很久，不能再写评价了。有话想说，可以在订单里告诉我们。")


class AlreadyGiven(Refusal):
    sentence = _("这次见面你已经评价过了，谢谢你。")


class AlreadyDecided(Refusal):
    """Another of our staff was faster, or the author took the words back."""

    sentence = _("这条评价已经处理过了。")


class ReasonMissing(Refusal):
    sentence = _("不公开时要写明原因，作者会看到。")
