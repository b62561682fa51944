"""Every refusal that somebody with a plan can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotForMinors(Refusal):
    """Agreements and plans are an adult's to make."""

    sentence = _("会员由家长开通。开通以后，孩子也可以用里面的内容。")


class PlanNotOffered(Refusal):
    """This plan or version is not on sale."""

    sentence = _("这个方案现在不能开通，请看看最新的方案。")


class AlreadyHasPlan(Refusal):
    """One plan at a time."""

    sentence = _("你已经有会员了。")


class TrialUsed(Refusal):
    """The person had the one trial."""

    sentence = _("你已经试用过一次。想继续用，可以直接开通一期，到期不会自动续费。")


class CannotDebit(Refusal):
    """The gateway has no recurring debits or is not switched on."""

    sentence = _("这种支付方式还不能用来开通会员，请换一种。")


class NoPlan(Refusal):
    """Nothing is in force."""

    sentence = _("你现在没有会员。")


class NeedsAgreement(Refusal):
    """Renewal needs a payment account that allows the debit."""

    sentence = _("自动续费要先选一个支付账户并授权。")


class NothingToGiveBack(Refusal):
    """The running period is free or used up."""

    sentence = _("这一期没有可以退的金额。")


class OfferChanged(Refusal):
    """The sum to go back is another one than was shown."""

    sentence = _("可以退的金额变了，请再看一次。没有退款。")
