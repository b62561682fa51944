"""Every refusal a person can meet when sending something back."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourReturn(Refusal):
    sentence = _("没有找到这次退货。")


class NotReturnable(Refusal):
    """Stated before sale: made to measure, or opened goods that touch the body."""

    sentence = _("这件商品买的时候写明了不支持无理由退货。有质量问题，请在订单里告诉我们。")


class OpenedAlready(Refusal):
    """Hygiene: only unopened ones come back."""

    sentence = _("这类商品拆封以后不能退。没有拆封的话，请勾选后再提交。")


class NotSentYet(Refusal):
    sentence = _("包裹还没有发出，可以直接取消，不用退货。")


class ReturnTooLate(Refusal):
    sentence = _("七天无理由退货的时间已经过了。有质量问题，请在订单里告诉我们。")


class ReturnTooMany(Refusal):
    sentence = _("退的数量超过了还可以退的数量。")


class ReturnOpen(Refusal):
    sentence = _("这件商品已经有一次退货在进行。")


class ReturnMovedOn(Refusal):
    """Somebody was quicker: the state no longer allows it."""

    sentence = _("这次退货的状态刚刚变了，请刷新看看。")


class ReturnAddressMissing(Refusal):
    sentence = _("请写明寄到哪里。")


class ReturnReasonMissing(Refusal):
    sentence = _("请写明没有通过的原因，家长会看到。")


class ReturnTrackingMissing(Refusal):
    sentence = _("请填写快递公司和运单号。")


class AlreadyUnderWay(Refusal):
    """The parcel left meanwhile."""

    sentence = _("包裹刚刚发出了。收到以后可以申请退货。")


class CourseUsed(Refusal):
    """A lesson was finished, or the week is over."""

    sentence = _("课程打开七天之内、还没有学过，才能自己退。有别的原因，请在订单里告诉我们。")
