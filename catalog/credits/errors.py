"""Every refusal a person can meet with sessions paid for ahead. That one is gone, the order says: CreditGone."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourCredits(Refusal):
    sentence = _("没有找到这张次卡。")


class NothingLeft(Refusal):
    """All sessions are used, booked or given back already."""

    sentence = _("这张次卡已经没有可以退的次数。")


class NotForMoney(Refusal):
    """Sessions that nobody paid money for: a plan's allowance, a kindness of ours."""

    sentence = _("赠送的次数不能退成钱，到期前都可以用。")


class RefundOfCreditsChanged(Refusal):
    """A session was booked or given back between looking and confirming."""

    sentence = _("可退的次数或金额刚刚有变化。请看一下新的金额，再确认一次。还没有退。")
