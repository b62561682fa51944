"""What orders and plans say, and what it means for sessions paid for ahead. Each inside the sender's transaction."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from catalog.order.models import Line, Order
from catalog.order.signals import line_refunded, order_paid, order_undone
from payments.subscriptions.signals import cycle_ended, cycle_opened

from .enums import GrantSource
from .models import CreditGrant
from .services import end_grant, give_back_uses, grant_credits, grant_packages


@receiver(order_paid, dispatch_uid="grant_paid_packages")
def grant_paid_packages(*, order: Order, **_: Any) -> None:
    """Give what the order's packages promise."""
    grant_packages(order=order)


@receiver(order_undone, dispatch_uid="take_packages_back")
def take_packages_back(*, order: Order, **_: Any) -> None:
    """Nothing of it was used: its packages end, and sessions it spent come back."""
    for grant_id in CreditGrant.objects.filter(order_line__order=order).values_list("pk", flat=True):
        end_grant(grant_id=grant_id)
    bookings = Line.objects.filter(order=order, booking__isnull=False).values_list("booking_id", flat=True)
    give_back_uses(booking_ids=list(bookings), now=timezone.now())


@receiver(line_refunded, dispatch_uid="end_refunded_package")
def end_refunded_package(*, line: Line, **_: Any) -> None:
    """A package whose whole price went back books no more."""
    if line.refunded_fen >= line.price_fen > 0:
        for grant_id in CreditGrant.objects.filter(order_line=line).values_list("pk", flat=True):
            end_grant(grant_id=grant_id)


@receiver(cycle_opened, dispatch_uid="grant_plan_sessions")
def grant_plan_sessions(*, subscription: Any, cycle: Any, **_: Any) -> None:
    """The allowance of a plan's period: any individual session up to its worth, until the period ends."""
    if cycle.sessions:
        grant_credits(
            owner=subscription.user,
            source=(GrantSource.PLAN_CYCLE, cycle.pk),
            count=cycle.sessions,
            unit_fen=cycle.session_unit_fen,
            expires_at=cycle.period_ends_at,
            max_price_fen=cycle.session_unit_fen,
        )


@receiver(cycle_ended, dispatch_uid="end_plan_sessions")
def end_plan_sessions(*, cycle: Any, **_: Any) -> None:
    """What was not used of it is gone."""
    found = CreditGrant.objects.filter(source_kind=GrantSource.PLAN_CYCLE, source_id=cycle.pk)
    for grant_id in found.values_list("pk", flat=True):
        end_grant(grant_id=grant_id)
