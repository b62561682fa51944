"""How many steps families took, month by month: counts of rows we keep anyway, of nobody in particular (EC-14)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.order.models import Order
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.core.formatting import SHANGHAI
from payments.requests.models import PaymentRequest
from payments.subscriptions.enums import CycleKind
from payments.subscriptions.models import BillingCycle, Subscription

#: Fewer than this many are not told apart: a small number may point at one family.
SMALLEST_SHOWN = 5
MONTHS = 6


@dataclass(frozen=True)
class Tally:
    """A count as it may be shown. Zero says nothing about anybody and is shown."""

    count: int

    @property
    def is_hidden(self) -> bool:
        """Too few to be told."""
        return 0 < self.count < SMALLEST_SHOWN

    @property
    def drawn(self) -> int:
        """What a chart may draw: nothing finer than what is said."""
        return SMALLEST_SHOWN - 1 if self.is_hidden else self.count

    def __str__(self) -> str:
        return _("少于 {n}").format(n=SMALLEST_SHOWN) if self.is_hidden else f"{self.count:,}"


@dataclass(frozen=True)
class Stage:
    """One step, by month."""

    label: str | Promise
    tallies: Sequence[Tally]


@dataclass(frozen=True)
class Funnel:
    """Stages in order, over the same months (the newest first)."""

    months: Sequence[date]
    stages: Sequence[Stage]


def _held() -> "QuerySet[Any]":
    return Booking.objects.all()


def _asked() -> "QuerySet[Any]":
    return PaymentRequest.objects.all()


def _placed() -> "QuerySet[Any]":
    return Order.objects.all()


def _paid() -> "QuerySet[Any]":
    return Order.objects.filter(paid_at__isnull=False)


def _came() -> "QuerySet[Any]":
    return Booking.objects.filter(status=BookingStatus.FULFILLED)


def _again() -> "QuerySet[Any]":
    """Orders of families that had paid one before."""
    earlier = Order.objects.filter(user=OuterRef("user"), paid_at__lt=OuterRef("paid_at"))
    return _paid().filter(Exists(earlier))


def _trials() -> "QuerySet[Any]":
    return BillingCycle.objects.filter(kind=CycleKind.TRIAL, opened_at__isnull=False)


def _chosen() -> "QuerySet[Any]":
    return Subscription.objects.filter(renews=True, choice_made_at__isnull=False)


def _renewed() -> "QuerySet[Any]":
    return BillingCycle.objects.exclude(kind=CycleKind.TRIAL).filter(paid_at__isnull=False)


_Source = tuple[str | Promise, Callable[[], "QuerySet[Any]"], str]

_SHOP: tuple[_Source, ...] = (
    (gettext_lazy("选了时间"), _held, "created_at"),
    (gettext_lazy("请家长付"), _asked, "created_at"),
    (gettext_lazy("下了单"), _placed, "date_placed"),
    (gettext_lazy("付了款"), _paid, "paid_at"),
    (gettext_lazy("见了面"), _came, "occupancy__starts_at"),
    (gettext_lazy("又来一次"), _again, "paid_at"),
)
_PLANS: tuple[_Source, ...] = (
    (gettext_lazy("开始试用"), _trials, "opened_at"),
    (gettext_lazy("自己选了续费"), _chosen, "choice_made_at"),
    (gettext_lazy("付了一期"), _renewed, "paid_at"),
)


def shop_funnel(now: datetime | None = None) -> Funnel:
    """From choosing a time to coming again."""
    return _funnel(_SHOP, now or timezone.now())


def plan_funnel(now: datetime | None = None) -> Funnel:
    """From a trial to a renewal."""
    return _funnel(_PLANS, now or timezone.now())


def _funnel(sources: Sequence[_Source], now: datetime) -> Funnel:
    months = _last_months(now)
    since = datetime.combine(months[-1], time(), SHANGHAI)
    stages = []
    for label, rows, dated in sources:
        counts = _by_month(rows().filter(**{f"{dated}__gte": since, f"{dated}__lte": now}), dated)
        stages.append(Stage(label, [Tally(counts.get(month, 0)) for month in months]))
    return Funnel(months, stages)


def _by_month(rows: "QuerySet[Any]", dated: str) -> dict[date, int]:
    found = rows.order_by().annotate(month=TruncMonth(dated, tzinfo=SHANGHAI)).values("month")
    return {row["month"].date(): row["count"] for row in found.annotate(count=Count("pk"))}


def _last_months(now: datetime) -> list[date]:
    first = now.astimezone(SHANGHAI).date().replace(day=1)
    months = [first]
    while len(months) < MONTHS:
        last = months[-1]
        months.append(date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1))
    return months
