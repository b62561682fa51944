"""What is over and earned nothing yet: unmarked sessions, late cancellations, and whatever slipped through."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.order.locks import lock_order_with_holdings
from catalog.order.models import Line
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking
from marketplace.core.formatting import moment_text
from marketplace.notifications.services import notify
from payments.settlement.models import Earning

from .earning import ASK_AFTER, COUNTS_AS_HELD_AFTER, SOURCE, earn_course, earn_session, earn_shipment
from .enums import ShipmentStatus
from .models import Entitlement, Shipment

logger = logging.getLogger(__name__)
#: Nothing older is looked at again.
LOOK_BACK = timedelta(days=90)


def earn_due(*, now: datetime | None = None, limit: int = 500) -> int:
    """Earn for everything that is delivered and earned nothing yet; return how many lines were looked at.

    Each in a transaction of its own, the order locked first: one line's trouble is not the others'.
    """
    lines = _due_lines(now or timezone.now()).order_by("pk").values_list("pk", flat=True)[:limit]
    for line_id in list(lines):
        try:
            _earn_one(line_id)
        except Exception:
            logger.exception("line %s could not earn", line_id)
    return len(lines)


def ask_about_unmarked(*, now: datetime | None = None) -> int:
    """Ask who gave a session whether it was held, once per session; return how many sessions stand unmarked."""
    now = now or timezone.now()
    unmarked = Booking.objects.filter(
        status=BookingStatus.BOOKED,
        occupancy__ends_at__gt=now - COUNTS_AS_HELD_AFTER,
        occupancy__ends_at__lte=now - ASK_AFTER,
    ).select_related("occupancy__provider__user", "occupancy__provider__partner")
    for booking in unmarked:
        _ask(booking)
    return len(unmarked)


def _due_lines(now: datetime) -> QuerySet[Line]:
    earned = Earning.objects.filter(source_kind=SOURCE, source_id=OuterRef("pk"))
    over = Q(booking__occupancy__ends_at__lte=now, booking__occupancy__ends_at__gt=now - LOOK_BACK)
    held_long_ago = Q(booking__occupancy__ends_at__lte=now - COUNTS_AS_HELD_AFTER)
    sessions = over & (
        Q(booking__status__in=[BookingStatus.FULFILLED, BookingStatus.NOSHOW])
        | (Q(booking__status=BookingStatus.BOOKED) & held_long_ago)
        | Q(booking__status=BookingStatus.CANCELLED, booking__cancelled_by=CancelledBy.FAMILY)
    )
    sent = [ShipmentStatus.SHIPPED, ShipmentStatus.DELIVERED]
    goods = Exists(Shipment.objects.filter(lines=OuterRef("pk"), status__in=sent, shipped_at__gt=now - LOOK_BACK))
    courses = Exists(Entitlement.objects.filter(order_line=OuterRef("pk"), opened_at__gt=now - LOOK_BACK))
    worth_something = Q(price_fen__gt=F("refunded_fen")) | Q(discount_fen__gt=0) | Q(credit_fen__gt=0)
    return Line.objects.filter(worth_something, ~Exists(earned), order__paid_at__isnull=False).filter(
        sessions | Q(goods) | Q(courses)
    )


@transaction.atomic(durable=True)
def _earn_one(line_id: int) -> None:
    lock_order_with_holdings(Line.objects.values_list("order_id", flat=True).get(pk=line_id))
    line = Line.objects.select_related("order", "partner", "fee_version", "booking__occupancy").get(pk=line_id)
    if line.booking:
        earn_session(line.booking, line=line)
    elif entitlement := Entitlement.objects.filter(order_line=line).first():
        earn_course(entitlement)
    else:
        for shipment in Shipment.objects.filter(lines=line):
            earn_shipment(shipment)


@transaction.atomic
def _ask(booking: Booking) -> None:
    provider = booking.occupancy.provider
    people = [provider.user] if provider.user else list(provider.partner.users.all())
    for person in people:
        notify(
            key=f"attendance:{booking.pk}:{person.pk}",
            recipient=person,
            subject=_("请记下到场情况"),
            body=_("{moment} 的预约还没有记到场情况。没有记的话，结束 72 小时后按已到场结算。").format(
                moment=moment_text(booking.occupancy.starts_at)
            ),
            url=reverse("clinics:day") + f"?on={timezone.localtime(booking.occupancy.starts_at):%Y-%m-%d}",
        )
