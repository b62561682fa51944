"""How a company's bill and our books stand to each other, and what people decide about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BillState(models.TextChoices):
    """How far a company's bill of one day has come."""

    WAITING = "waiting", _("等待账单")
    BOOKED = "booked", _("已核对")


class DifferenceKind(models.TextChoices):
    """What differs between a company's bill and our books."""

    MISSING_HERE = "missing_here", _("对方有收款，我们没有")
    MISSING_THERE = "missing_there", _("我们有收款，对方账单没有")
    AMOUNT_DIFFERS = "amount_differs", _("收款金额不一样")
    UNKNOWN_REFUND = "unknown_refund", _("对方有退款，我们没有")
    REFUND_MISSING = "refund_missing", _("我们有退款，对方账单没有")
    REFUND_DIFFERS = "refund_differs", _("退款金额不一样")
    DISPUTE_DIFFERS = "dispute_differs", _("争议金额不一样")
    FEE_DIFFERS = "fee_differs", _("手续费改过")
    BALANCE_DIFFERS = "balance_differs", _("待结算余额不一样")


class DifferenceState(models.TextChoices):
    """How far people have come with a difference."""

    OPEN = "open", _("待处理")
    PROPOSED = "proposed", _("等另一位同事确认")
    RESOLVED = "resolved", _("已处理")


class DecisionAbout(models.TextChoices):
    """What two people decide about."""

    DIFFERENCE = "difference", _("对账差异")
    INCIDENT = "incident", _("付款异常")
    REFUND = "refund", _("退不回去的退款")


class Resolution(models.TextChoices):
    """What is done about it. Each is an entry in the ledger, or says that none is needed."""

    SETTLE_NOW = "settle_now", _("再问一次支付机构并入账")
    BOOK_EXTERNAL_REFUND = "book_external_refund", _("记下在支付机构后台做的退款")
    REFUND_SUSPENSE = "refund_suspense", _("把对不上的钱全部退回")
    ACCEPT_LOSS = "accept_loss", _("差额由平台承担")
    NOTHING_TO_DO = "nothing_to_do", _("不用处理")
    GIVEN_BY_HAND = "given_by_hand", _("已经用银行转账退回")


class DecisionState(models.TextChoices):
    """How a proposal went."""

    PROPOSED = "proposed", _("等另一位同事确认")
    CONFIRMED = "confirmed", _("已确认")
    DECLINED = "declined", _("没有同意")
    WITHDRAWN = "withdrawn", _("提出的人收回了")
