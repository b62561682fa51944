"""What partners earn by, and how far money has come on its way to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EarnedBy(models.TextChoices):
    """What was delivered, in words that say nothing about anybody."""

    SESSION = "session", _("场次")
    GOODS = "goods", _("商品")
    COURSE = "course", _("课程")
    GRANT = "grant", _("活动资金")


class Channel(models.TextChoices):
    """How money reaches a partner."""

    ALIPAY = "alipay", _("支付宝")
    BANK = "bank", _("银行转账")


class PayoutState(models.TextChoices):
    """How far a payout has come. SENT stays until the company says yes or no: unclear is neither."""

    DRAFT = "draft", _("待复核")
    APPROVED = "approved", _("已复核，待发出")
    SENT = "sent", _("已发出，待到账")
    PAID = "paid", _("已到账")
    FAILED = "failed", _("未成功")
    WITHDRAWN = "withdrawn", _("已撤回")


#: Payouts that still hold their amount: it cannot be paid out a second time.
LIVE_PAYOUT_STATES = (PayoutState.DRAFT, PayoutState.APPROVED, PayoutState.SENT)
