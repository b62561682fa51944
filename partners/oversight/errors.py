"""Why a report is not made."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class SpanStillRuns(Refusal):
    """The week or month is not over."""

    sentence = _("这一段时间还没有结束，结束以后才能出报告。")


class LedgerDiffers(Refusal):
    """The report's parts do not add up to the ledger's sums."""

    sentence = _("报告里的数和总账对不上，没有出报告。请让技术同事先查。")
