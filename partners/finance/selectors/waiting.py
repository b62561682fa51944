"""What waits for people on finance duty, counted."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.order.selectors import waiting_proposals
from payments.books.enums import DifferenceState
from payments.books.models import Difference
from payments.books.selectors import incidents, refunds_for_people
from payments.disputes.selectors import waiting_count as disputes_waiting
from payments.fapiao.selectors import waiting_count as fapiao_waiting
from payments.grants.enums import AskState
from payments.grants.models import Allocation, SpendRequest
from payments.settlement.enums import PayoutState
from payments.settlement.models import Payout


@dataclass(frozen=True)
class Waiting:
    """One kind of work: how many wait, and where."""

    title: str | Promise
    text: str | Promise
    icon: str
    url_name: str
    count: int

    @property
    def href(self) -> str:
        """The desk's page."""
        try:
            return reverse(f"finance:{self.url_name}")
        except NoReverseMatch:
            return ""


def _differences() -> int:
    return Difference.objects.exclude(state=DifferenceState.RESOLVED).count()


def _incidents() -> int:
    return incidents(closed=False).count()


def _refunds_by_hand() -> int:
    return refunds_for_people().count()


def _payouts() -> int:
    """To be approved, to be sent, or failed; what is on its way needs nobody."""
    return Payout.objects.filter(state__in=(PayoutState.DRAFT, PayoutState.APPROVED, PayoutState.FAILED)).count()


def _goodwill() -> int:
    return waiting_proposals().count()


def _funds() -> int:
    """Money put in or asked for, without a second person's word."""
    return sum(asks.objects.filter(state=AskState.ASKED).count() for asks in (Allocation, SpendRequest))


#: In the order in which money may be lost by waiting.
_DESKS: tuple[tuple[str | Promise, str | Promise, str, str, Callable[[], int]], ...] = (
    (_("退不回去的退款"), _("家庭在等这笔钱"), "refresh", "refunds", _refunds_by_hand),
    (_("银行卡争议"), _("过了期限就算我们认输"), "shield", "disputes", disputes_waiting),
    (_("付款异常"), _("金额、账户或签名对不上"), "warning", "incidents", _incidents),
    (_("对账差异"), _("支付机构的账单和我们的账不一样"), "swap", "differences", _differences),
    (_("付款给机构"), _("要复核、要发出，或者没打成功"), "send", "payouts", _payouts),
    (_("主动退款"), _("金额大的要第二个人同意"), "heart", "goodwill", _goodwill),
    (_("活动资金"), _("要第二个人同意的拨款和用款"), "gift", "funds", _funds),
    (_("发票"), _("要开的和要红冲的"), "clipboard", "fapiao_queue", fapiao_waiting),
)


def everything_waiting() -> list[Waiting]:
    """Every kind of work of the portal with how much of it waits."""
    return [Waiting(title, text, icon, url, count()) for title, text, icon, url, count in _DESKS]
