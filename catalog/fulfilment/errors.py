"""Every refusal a person can meet after buying."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYours(Refusal):
    """The course is another family's, or its access has ended."""

    sentence = _("没有找到这门课程。")


class NotYourParcel(Refusal):
    sentence = _("没有找到这个包裹。")


class AlreadyShipped(Refusal):
    sentence = _("这个包裹已经发出了。")


class NotSentYet(Refusal):
    sentence = _("这个包裹还没有发出，或者已经停止。")


class TrackingMissing(Refusal):
    sentence = _("请填写快递公司和运单号。")
