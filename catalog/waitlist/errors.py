"""Every refusal a person can meet on the waiting list."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourEntry(Refusal):
    sentence = _("没有找到这个候补。")


class AlreadyWaiting(Refusal):
    """One of the children waits for this already."""

    sentence = _("已经在候补这一项了，不用再排一次。")


class TooManyEntries(Refusal):
    sentence = _("同时候补的已经不少了。先退出一个，再加新的。")


class NobodyNamed(Refusal):
    sentence = _("请选择为谁候补。")


class NotThisWay(Refusal):
    """Modes, days or times that no session of this service can ever have."""

    sentence = _("这样选，不会有合适的时间。请放宽一点再试。")


class NotTogether(Refusal):
    """Several children at once with one provider, where each needs a session of their own."""

    sentence = _("一位咨询师同一时间只能见一个孩子。几个孩子一起约，请选“不指定”。")


class NoGuardianSeat(Refusal):
    sentence = _("这一项没有家长的名额。")


class EntryOver(Refusal):
    """Met, left or ended."""

    sentence = _("这个候补已经结束了。")


class OfferWaits(Refusal):
    """A time is kept for them at the moment: first yes or no, then a pause."""

    sentence = _("现在有一个时间留给你。先决定要不要，再暂停。")


class OfferOver(Refusal):
    """Lapsed, declined or withdrawn; nothing was charged."""

    sentence = _("这个时间已经没有在保留了，没有下单，也没有扣款。你还在候补里。")


class OfferAccepted(Refusal):
    """It lies in the basket: it is given back there."""

    sentence = _("这个时间已经放进购物篮了。不要的话，在购物篮里拿掉就好。")
