"""Every refusal a person can meet with a code."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class VoucherUnknown(Refusal):
    """No such code, or somebody else's."""

    sentence = _("没有找到这个优惠码，请检查一下有没有写错。")


class VoucherNotYet(Refusal):
    sentence = _("这个优惠码还没有到开始使用的日子。")


class VoucherEnded(Refusal):
    sentence = _("这个优惠码已经过期。")


class VoucherUsedUp(Refusal):
    """The last one went to somebody else."""

    sentence = _("这个优惠码已经用完了。")


class VoucherUsedByYou(Refusal):
    sentence = _("这个优惠码你已经用过了。")


class BelowMinimum(Refusal):
    sentence = _("还没有达到这个优惠码的最低金额，先按原价计算。")


class TooManyCodes(Refusal):
    """Codes are being guessed."""

    sentence = _("试得有点快，请过一会儿再输入。")


class CodeTaken(Refusal):
    sentence = _("这个优惠码已经有了，请换一个。")


class TermsWrong(Refusal):
    sentence = _("优惠的内容不对：比例或金额请写一个，日期要有先后。")


class NotForMinors(Refusal):
    """Rewards are for adults only."""

    sentence = _("这个活动只面向成年人。")


class AlreadyRewarded(Refusal):
    sentence = _("这一次已经给过优惠券了。")


class EnoughRewards(Refusal):
    """The year's limit is reached."""

    sentence = _("今年的优惠券已经领满了，谢谢你。")


class NotYourSession(Refusal):
    """Feedback counts for a session that one booked and that took place."""

    sentence = _("没有找到这次见面。")


class LinkUnknown(Refusal):
    sentence = _("这个链接已经不能用了。")


class NotNew(Refusal):
    """Only who is new here comes by a link, and never by their own."""

    sentence = _("这个链接是给新朋友的。")
