"""Every refusal a person can meet with an order."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class BasketEmpty(Refusal):
    sentence = _("购物篮里还没有东西。")


class PriceChanged(Refusal):
    """The sum differs from the one the family saw."""

    sentence = _("价格刚刚有变化。请看一下新的金额，再确认一次。没有下单，也没有扣款。")


class AddressMissing(Refusal):
    sentence = _("有需要邮寄的物品，请填写收货地址。")


class OrderNotOpen(Refusal):
    """Paid, expired or cancelled: nothing is left to cancel."""

    sentence = _("这个订单已经付款或结束，不能再取消。")


class PaymentUnclear(Refusal):
    """The gateway has not said whether money came; cancelling now could lose it."""

    sentence = _("付款结果还在确认中，请过一两分钟再试。")


class NotYourOrder(Refusal):
    sentence = _("没有找到这个订单。")


class RefundChanged(Refusal):
    """What comes back differs from what was shown, because a deadline passed in between."""

    sentence = _("可退金额刚刚有变化。请看一下新的金额，再确认一次。还没有取消。")


class QuestionEmpty(Refusal):
    sentence = _("请写下你的问题。")


class QuestionAnswered(Refusal):
    sentence = _("这个问题已经有人回复了。")


class QuestionErased(Refusal):
    sentence = _("这个问题已按本人要求删除，不用再回复。")


class CreditGone(Refusal):
    """The session of a package was spent elsewhere, ran out, or does not cover this."""

    sentence = _("选的次卡现在用不了：可能刚刚用完、过期，或者不适用。没有下单，也没有扣款。")


class MayNotRefund(Refusal):
    """Neither on a duty that gives money back, nor of the partner."""

    sentence = _("现在没有退款的权限。")


class RefundNoteMissing(Refusal):
    sentence = _("请写明为什么退。")


class RefundTooMuch(Refusal):
    """More than is left of the line."""

    sentence = _("退款超过了这一项还可以退的金额。")


class ProposalWaiting(Refusal):
    sentence = _("这一项已经有一笔退款在等第二个人确认。")


class ProposalDecided(Refusal):
    sentence = _("这笔退款已经有人处理过了。")


class SecondPersonNeeded(Refusal):
    """Who asked may not decide."""

    sentence = _("要由另一个人来确认。")


class PackageByUnits(Refusal):
    """Money of a package stands for sessions that are still to be held: it goes back session by session."""

    sentence = _("次卡按没用的次数退：家长在“次卡”里就可以退，不用在这里退。")
