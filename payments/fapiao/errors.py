"""Every refusal that an asker or a member of staff can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourPayment(Refusal):
    """Only whoever paid gets a fapiao."""

    sentence = _("这笔款不是你付的，发票要由付款的人来申请。")


class NothingToInvoice(Refusal):
    """Nothing of the money stays with us."""

    sentence = _("这笔款已经全部退回，没有可以开票的金额。")


class FapiaoAlreadyAsked(Refusal):
    """There is a live one for this payment."""

    sentence = _("这笔款已经申请过发票了。")


class FapiaoMovedOn(Refusal):
    """It has been issued, withdrawn or reversed meanwhile."""

    sentence = _("这张发票的状态已经变了，请刷新后再看。")


class FapiaoNumberTaken(Refusal):
    """Another fapiao has this number."""

    sentence = _("这个发票号码已经登记在另一张发票上，请核对。")


class ParticularsErased(Refusal):
    """The asker had their data erased: nobody knows any more whom to name."""

    sentence = _("申请人已经删除了资料，抬头看不到了，不能再开具。")
