"""Every refusal a person can meet where standing is decided."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class LicenceDatesWrong(Refusal):
    """It would end before it begins."""

    sentence = _("结束的日子在开始之前，请再看一下证照上的日期。")


class LicenceNumberMissing(Refusal):
    sentence = _("请填写证照编号。")
