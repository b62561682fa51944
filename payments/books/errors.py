"""Every refusal a member of the finance staff can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class AlreadyProposed(Refusal):
    """Somebody has proposed something about it already."""

    sentence = _("已经有同事提出了处理办法，请先看那一个。")


class AlreadyDecided(Refusal):
    """The proposal was confirmed, declined or withdrawn meanwhile."""

    sentence = _("这个提议已经处理过了。")


class OwnProposal(Refusal):
    """Who proposes cannot confirm."""

    sentence = _("自己提出的，要由另一位同事确认。")


class NotOwnProposal(Refusal):
    """Only who proposed can withdraw."""

    sentence = _("只有提出的人可以收回。")


class ResolutionDoesNotFit(Refusal):
    """This kind of difference cannot be put right in this way."""

    sentence = _("这种差异不能用这个办法处理。")


class NoteMissing(Refusal):
    """Why, in words, is part of every decision."""

    sentence = _("请写一句说明，让另一位同事看得懂。")


class StillDiffers(Refusal):
    """The company was asked again, and tells it as before."""

    sentence = _("已经再问过支付机构，还是对不上。请换一个办法。")


class NothingInSuspense(Refusal):
    """No money of this incident is held that could go back."""

    sentence = _("这条异常没有待退回的款项。")


class NotWaitingForPeople(Refusal):
    """The refund has gone, or is still on its way by itself."""

    sentence = _("这笔退款现在不需要人工处理。")


class CaseClosed(Refusal):
    """The incident was closed already."""

    sentence = _("这条异常已经处理完了。")


class MoneyStillHeld(Refusal):
    """An incident is not closed while its money is held or on its way."""

    sentence = _("这笔钱还没有退回，退回以后才能结束。")


class RefundNotBookable(Refusal):
    """There is no trade of ours behind a refund, or it is larger than what came in."""

    sentence = _("找不到对应的收款，或者金额超过了收到的钱，不能这样入账。")
