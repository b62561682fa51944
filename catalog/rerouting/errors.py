"""Every refusal a family can meet when it is led on."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class ReroutingEnded(Refusal):
    """Decided before, or the session takes place after all."""

    sentence = _("这个预约已经有了安排，不用再选。")


class OfferGone(Refusal):
    """The time that was offered instead has been taken meanwhile."""

    sentence = _("这个时间刚刚被约走了，还什么都没有改。请看看别的时间。")
