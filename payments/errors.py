"""Every refusal a payer or a member of staff can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class IntentClosed(Refusal):
    """Nothing is owed here any more: cancelled or expired."""

    sentence = _("这笔付款已经结束。需要的话，可以重新下单。")


class IntentAlreadyOpen(Refusal):
    """The payable already has an open intent of another amount or time."""

    sentence = _("这个订单已经有一笔待付款。")


class AlreadyPaid(Refusal):
    """The money has arrived."""

    sentence = _("这笔款已经付好了，不用再付。")


class PaymentUnderReview(Refusal):
    """The money's facts differ from ours and people are looking at it."""

    sentence = _("这笔付款正在人工核对，请先不要再付。核对好会告诉你。")


class PriorAttemptUnclear(Refusal):
    """The attempt before this one may still be paid, and its gateway does not answer."""

    sentence = _("上一次付款还在确认中，请过一两分钟再试，以免重复付款。")


class GatewayBusy(Refusal):
    """The gateway does not answer; the attempt stays and is asked about again."""

    sentence = _("支付服务暂时没有回应，请稍后再试。没有扣款。")


class GatewayDeclined(Refusal):
    """The gateway will not take this attempt."""

    sentence = _("这种方式暂时付不了，请换一种方式。")


class MethodNotOffered(Refusal):
    """The gateway or method is not switched on."""

    sentence = _("这种付款方式还没有开通，请换一种。")


class SelfPayTooMuch(Refusal):
    """More than this young person may pay alone, once or in this month."""

    sentence = _("这一笔超过了你现在可以自己付的金额。可以请家长来付。没有扣款。")


class NothingToRefund(Refusal):
    """No money of this intent was accepted."""

    sentence = _("这笔付款没有收到钱，不需要退款。")


class RefundExceedsPayment(Refusal):
    """More would go back than came in."""

    sentence = _("退款金额超过了还可以退的金额。")


class RefundKeyReused(Refusal):
    """The same key with other facts: a fault of the caller."""

    sentence = _("这笔退款已经用别的金额申请过。")
