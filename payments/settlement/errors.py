"""Every refusal that partners and our finance people can meet, and two faults of callers."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class EarningDiffers(ValueError):
    """The same source earned something else before: two facts under one name."""


class PublishedAlready(Refusal):
    """Published rules never change."""

    sentence = _("这个版本已经公布，不能再改。请另起一个新版本。")


class SecondPersonNeeded(Refusal):
    """Who drafted something does not decide it."""

    sentence = _("这一步需要另一位同事来做，不能由起草的人自己完成。")


class NoticeTooShort(Refusal):
    """Changed rules are made known seven days before they count."""

    sentence = _("新规则要至少提前七天公布，请把生效时间改晚一些。")


class SharesTooMuch(Refusal):
    """The shares together would take everything, or one stands twice."""

    sentence = _("各项服务费加起来必须小于 100%，代码也不能重复。")


class NothingToPayOut(Refusal):
    """Too little is owed, or what is owed waits for a dispute or a refund window."""

    sentence = _("现在可付的金额低于最低付款额，这个月先结转到下个月。")


class PayoutUnderWay(Refusal):
    """One payout per partner at a time."""

    sentence = _("这家机构已经有一笔付款在进行中。")


class NoPayoutAccount(Refusal):
    """The partner has not named an account, or its change still waits."""

    sentence = _("这家机构还没有生效的收款账户。")


class PayoutMoved(Refusal):
    """The payout is no longer where this step starts."""

    sentence = _("这笔付款的状态已经变了，请刷新页面再看。")


class PayoutTooMuch(Refusal):
    """Less is owed by now than the draft says."""

    sentence = _("起草之后有退款，现在可付的金额不够了。请撤回，再重新起草。")


class PayoutChannelClosed(Refusal):
    """The company that sends money is not switched on here."""

    sentence = _("付款通道还没有开通。")


class AccountChangeOpen(Refusal):
    """One change of the account at a time."""

    sentence = _("已经有一次账户变更在进行中，请先等它完成，或者停止它。")


class AccountChangeOver(Refusal):
    """The change was stopped, or it counts already."""

    sentence = _("这次账户变更已经结束。")
