"""What a row of the table says, the periods, and the laws they come from."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..periods import Period

HALF_A_YEAR = Period(months=6)
THREE_YEARS = Period(months=36)
THIRTY_YEARS = Period(months=360)


class Holder(Enum):
    """Who holds the records of a class, and whether there are any yet."""

    PLATFORM = "platform"
    COMING = "coming"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClass:
    """One row of the table. `period` is None where the records are kept by somebody else, or until they are withdrawn.

    `counts_from` says in words from when the period runs, `reason` why, `source` by which law or decision.
    """

    key: str
    title: Promise
    period: Period | None
    counts_from: Promise
    reason: Promise
    source: Promise
    holder: Holder = Holder.PLATFORM


MINIMISATION = _("《个人信息保护法》第十九条：保存期限为实现目的所必要的最短时间")
SIX_MONTHS = _("服务信息保存不超过 6 个月的要求；《个人信息保护法》第十九条")
ECOMMERCE = _("《电子商务法》第三十一条：交易信息自交易完成之日起保存不少于三年")
PIPL_RECORDS = _("《个人信息保护法》第五十五条、第五十六条：处理情况记录至少保存三年")
NETWORK_LOGS = _("《网络安全法》：网络日志留存不少于六个月")
OWN_CHOICE = _("心桥的决定：便于追究责任，也不无限期保存")
