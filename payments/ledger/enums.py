"""The accounts money stands in, and the facts that move it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountKind(models.TextChoices):
    """What an account holds. A positive balance is an asset or a cost of ours, a negative one is owed or earned."""

    CLEARING = "clearing", _("支付机构待结算")  # owner: the gateway's code
    BANK = "bank", _("银行存款")
    ORDERS = "orders", _("客户预付款")  # paid for, not yet delivered
    PARTNER = "partner", _("应付机构款")  # owner: the partner's public id; below zero it is owed to them
    COMMISSION = "commission", _("平台服务费")  # owner: the line of the fee schedule
    PLANS = "plans", _("会员收入")
    FEES = "fees", _("通道手续费")  # owner: the gateway's code
    PAYOUTS = "payouts", _("付款在途")
    SUSPENSE = "suspense", _("待查款项")  # owner: the gateway's code
    DISPUTES = "disputes", _("争议冻结款")  # owner: the gateway's code
    FUND = "fund", _("社区活动资金")  # owner: the fund's public id
    DISCOUNTS = "discounts", _("平台承担的优惠")
    LOSSES = "losses", _("坏账与差错")


class EntryKind(models.TextChoices):
    """The fact behind an entry."""

    CAPTURE = "capture", _("收款")
    REFUND = "refund", _("退款")
    SUSPENSE = "suspense", _("待查入账")
    EARNING = "earning", _("服务完成")
    CLAW_BACK = "claw_back", _("追回分成")
    PLAN = "plan", _("会员收入确认")
    FEE = "fee", _("通道手续费")
    GATEWAY_SETTLEMENT = "gateway_settlement", _("支付机构结算到账")
    PAYOUT = "payout", _("付款给机构")
    DISPUTE = "dispute", _("银行卡争议")
    GRANT = "grant", _("社区资金")
    ADJUSTMENT = "adjustment", _("核对调整")
    REVERSAL = "reversal", _("冲正")
