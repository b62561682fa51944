from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NoSuchReport(Refusal):
    """No report belongs to the link."""

    sentence = _("这个链接没有对应的内容，可能少了几个字，也可能已经到期。")


class WordsMissing(Refusal):
    """Nothing was written."""

    sentence = _("请写几句。")
