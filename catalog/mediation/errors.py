"""Every refusal a person can meet in a dispute about an order."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourCase(Refusal):
    sentence = _("没有找到这个争议。")


class CaseTooLate(Refusal):
    """Payment companies give money back for a year."""

    sentence = _("付款超过一年的订单，不能再在这里提出争议。可以在订单里问我们。")


class CaseIsOpen(Refusal):
    sentence = _("这一项已经有一个争议在处理，可以在里面补充说明。")


class CaseHadItsEnd(Refusal):
    sentence = _("这一项的争议已经处理完，不能再提一次。")


class CaseWordsMissing(Refusal):
    sentence = _("请写下发生了什么。")


class CaseMovedOn(Refusal):
    """Somebody was quicker: the state no longer allows it."""

    sentence = _("这个争议的状态刚刚变了，请刷新看看。")


class PartnerStillHasTime(Refusal):
    sentence = _("机构说明的时间还没有到，等它说明或到时间以后再决定。")


class EvidenceFull(Refusal):
    sentence = _("说明已经很多了。请等一等，我们会先看已有的。")


class MayNotDecide(Refusal):
    sentence = _("现在没有处理争议的权限。")


class ReasonsMissing(Refusal):
    sentence = _("请写明决定的理由，双方都会看到。")


class NothingToGive(Refusal):
    """Nobody answers for it, and yet money would go back."""

    sentence = _("没有发现问题的，不能在这里退款。")


class AppealTooLate(Refusal):
    sentence = _("请主管部门调解的时间已经过了。")


class ReferenceMissing(Refusal):
    sentence = _("请写明调解书的编号。")
