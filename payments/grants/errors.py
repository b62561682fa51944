"""Every refusal that communities and our finance people can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class FundOver(Refusal):
    """The fund has ended, or its period is over."""

    sentence = _("这笔活动资金已经结束。")


class BudgetExceeded(Refusal):
    """More than the budget would be put in."""

    sentence = _("拨入的总额不能超过预算。")


class FundTooSmall(Refusal):
    """Less is left than is asked for."""

    sentence = _("活动资金的余额不够。")


class PublicGoodTooSmall(Refusal):
    """The platform's fund for the public good does not hold that much."""

    sentence = _("平台公益基金的余额不够。")


class Decided(Refusal):
    """Somebody decided it before."""

    sentence = _("这一项已经处理过了，请刷新页面再看。")


class SecondPersonNeeded(Refusal):
    """Who asked for something does not decide it."""

    sentence = _("这一步需要另一位同事来做，不能由申请的人自己完成。")


class EvidenceRefused(Refusal):
    """Not a PDF or a photo, or too large."""

    sentence = _("凭证请用 PDF、JPG 或 PNG，不超过 5 MB。")


class EvidenceGone(Refusal):
    """The file is not where it was, or was changed."""

    sentence = _("这份凭证打不开，请联系平台工作人员。")
