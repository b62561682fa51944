"""Every refusal that communities and those who come to their activities can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class SignUpClosed(Refusal):
    """Not published, called off, or begun."""

    sentence = _("现在不能报名。")


class Full(Refusal):
    """Fewer seats are free than are wished for."""

    sentence = _("座位不够了。可以少报几个，或者看看别的活动。")


class AlreadySignedUp(Refusal):
    sentence = _("你已经报过名了。")


class NotSignedUp(Refusal):
    """There is no sign-up with this number here, or it was given back."""

    sentence = _("没有这个报名号，请再核对一下。")


class TooEarly(Refusal):
    """People are checked in on the day of the activity."""

    sentence = _("活动当天才能签到。")


class NotThereYet(Refusal):
    """Feedback is for those who came, once."""

    sentence = _("签到以后可以评价，一次活动评一次。")


class TooFewSeats(Refusal):
    """Fewer seats than are taken."""

    sentence = _("座位不能比已经报名的人少。")


class CalledOff(Refusal):
    """What was called off stays so."""

    sentence = _("这个活动已经取消，不能再改。")


class StillDraft(Refusal):
    """A draft lacks what the public page must say, or is over."""

    sentence = _("先把时间改到今天以后，再发布。")


class ProposalDecided(Refusal):
    """It was accepted, and the accepted one stays as it is."""

    sentence = _("这份方案已经采用，不能再改。")


class NewerVersion(Refusal):
    """Somebody else changed the proposal meanwhile."""

    sentence = _("方案刚刚有了新的一版，请刷新页面再改。")


class FundNotOpen(Refusal):
    """Not a fund of this community, or its time is over."""

    sentence = _("这笔活动资金不能用在这个活动上。")


class GrantGiven(Refusal):
    """Somebody opened a fund for it before."""

    sentence = _("这个活动已经有活动资金了。")
