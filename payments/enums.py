"""States, reasons and outcomes of payments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IntentState(models.TextChoices):
    """What became of an amount that was owed."""

    OPEN = "open", _("待付款")
    PAID = "paid", _("已付款")
    CANCELLED = "cancelled", _("已取消")
    EXPIRED = "expired", _("已过期")
    REFUNDED_PART = "refunded_part", _("已部分退款")
    REFUNDED = "refunded", _("已退款")


class AttemptState(models.TextChoices):
    """How far one try to pay has come.

    SUSPENSE: the money's facts differ from ours, people decide. RETURNED: they decided, and such money went back.
    """

    CREATED = "created", _("已创建")
    PENDING = "pending", _("等待付款")
    UNKNOWN = "unknown", _("确认中")
    SUCCEEDED = "succeeded", _("付款成功")
    CLOSED = "closed", _("已关闭")
    FAILED = "failed", _("未成功")
    SUSPENSE = "suspense", _("核对中")
    RETURNED = "returned", _("核对后退回")


OPEN_ATTEMPT_STATES = (AttemptState.CREATED, AttemptState.PENDING, AttemptState.UNKNOWN)


class Company(models.TextChoices):
    """A gateway's code, and what payers call it."""

    WECHAT = "wechat", _("微信支付")
    ALIPAY = "alipay", _("支付宝")
    STRIPE = "stripe", _("银行卡")


class Method(models.TextChoices):
    """The way a person pays at a gateway."""

    PAGE = "page", _("网页支付")
    WAP = "wap", _("手机网页支付")
    QR = "qr", _("扫码支付")
    H5 = "h5", _("手机浏览器里付款")
    JSAPI = "jsapi", _("微信里付款")
    CARD = "card", _("银行卡")
    AGREEMENT = "agreement", _("自动续费")


class Client(models.TextChoices):
    """What the payer holds in the hand."""

    PHONE = "phone", _("手机")
    DESKTOP = "desktop", _("电脑")
    WECHAT = "wechat", _("微信内")


class EventAbout(models.TextChoices):
    """What a company's message is about."""

    TRADE = "trade", _("付款")
    REFUND = "refund", _("退款")
    AGREEMENT = "agreement", _("扣款协议")
    DISPUTE = "dispute", _("银行卡争议")
    OTHER = "other", _("其他")


class RefundState(models.TextChoices):
    """How far money has travelled back. NEEDS_MANUAL still owes the money."""

    REQUESTED = "requested", _("已申请")
    SENT = "sent", _("处理中")
    SUCCEEDED = "succeeded", _("已退回")
    NEEDS_MANUAL = "needs_manual", _("人工处理中")


class RefundReason(models.TextChoices):
    """Why money goes back."""

    LATE = "late", _("付款时预约已过期")
    DUPLICATE = "duplicate", _("重复付款")
    FAMILY_CANCELLED = "family_cancelled", _("家庭取消")
    PROVIDER_CANCELLED = "provider_cancelled", _("服务方取消")
    GOODWILL = "goodwill", _("客服退款")
    RETURNED = "returned", _("七天无理由退货")
    UNUSED = "unused", _("未使用部分退款")
    NOT_RATIFIED = "guardian_not_ratified", _("监护人未追认")
    REVIEW = "review", _("人工核对后退回")
    CHARGEBACK = "chargeback", _("银行卡争议")


class IncidentKind(models.TextChoices):
    """Something about money that a person has to look at."""

    AMOUNT_MISMATCH = "amount_mismatch", _("金额不符")
    MERCHANT_MISMATCH = "merchant_mismatch", _("收款账户不符")
    REFERENCE_REUSED = "reference_reused", _("交易号重复")
    UNKNOWN_TRADE = "unknown_trade", _("未知订单的通知")
    BAD_SIGNATURE = "bad_signature", _("签名无效的通知")
    REFUND_REFUSED = "refund_refused", _("退款被拒绝")
    UNKNOWN_REFUND = "unknown_refund", _("不是我们发起的退款")
    CHARGE_REFUSED = "charge_refused", _("自动扣款被拒绝")
    NOT_RATIFIED = "not_ratified", _("监护人不同意，服务已提供")


class SettleResult(models.TextChoices):
    """What settling found; repeats are harmless. REFUNDING: paid, but the money goes back."""

    PAID = "paid"
    ALREADY_PAID = "already_paid"
    REFUNDING = "refunding"
    WAITING = "waiting"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    REVIEW = "review"


class EndResult(models.TextChoices):
    """What ending an unpaid intent found. NOT_YET: the gateway was unclear, tried again later."""

    ENDED = "ended"
    PAID = "paid"
    NOT_YET = "not_yet"
