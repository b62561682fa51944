"""An order from placing to the last thing delivered, step by step, in words for its family."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from catalog.order.models import Line
from catalog.order.selectors import OrderView
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.core.formatting import moment_text
from payments.story import Step, StepState, story_of

from .enums import ShipmentStatus
from .models import Entitlement, Shipment


def order_story(
    view: OrderView, *, entitlements: Iterable[Entitlement], parcels: Iterable[Shipment], now: datetime
) -> list[Step]:
    """Placed, paid, and what each line came to; what is still to come stands last."""
    if view.intent is None:  # nothing to pay
        steps = [Step(_("下单"), StepState.DONE, view.order.date_placed, icon="receipt")]
    else:
        steps = story_of(view.intent)
    if view.order.paid_at is None:
        return steps
    came = [_booking_step(line.booking, now) for line in view.lines if line.booking]
    came += [_opened_step(entitlement) for entitlement in entitlements]
    came += [step for parcel in parcels for step in _parcel_steps(parcel)]
    return steps + sorted(came, key=lambda step: (step.state != StepState.DONE, step.at is None, step.at or now))


def refunded_lines(view: OrderView) -> list[Line]:
    """The lines of which money went or goes back."""
    return [line for line in view.lines if line.refunds.all()]


def _booking_step(booking: Booking, now: datetime) -> Step:
    starts_at, ends_at = booking.occupancy.starts_at, booking.occupancy.ends_at
    if booking.status == BookingStatus.CANCELLED:
        return Step(_("预约已取消"), StepState.DONE, booking.cancelled_at, moment_text(starts_at), "close")
    if booking.status == BookingStatus.PROPOSED:
        return Step(_("等机构确认"), StepState.TODO, starts_at, _("机构不能接待的话，这一项会全额退回。"), "calendar")
    if booking.status == BookingStatus.NOSHOW:
        return Step(_("这次没有见到面"), StepState.DONE, starts_at, icon="calendar")
    if booking.status == BookingStatus.FULFILLED or ends_at <= now:
        return Step(_("见过面了"), StepState.DONE, starts_at, icon="calendar")
    return Step(_("见面"), StepState.TODO, starts_at, _("到时候按时来就好。要改时间或取消，在预约详情里。"), "calendar")


def _opened_step(entitlement: Entitlement) -> Step:
    return Step(_("已开通"), StepState.DONE, entitlement.opened_at, entitlement.product.title, "course")


def _parcel_steps(parcel: Shipment) -> list[Step]:
    if parcel.status == ShipmentStatus.STOPPED:
        return [Step(_("包裹已停止发出"), StepState.DONE, icon="parcel")]
    sent = _("发货")
    if parcel.shipped_at is None:
        return [Step(sent, StepState.TODO, text=_("寄出以后会告诉你运单号。"), icon="parcel")]
    steps = [
        Step(sent, StepState.DONE, parcel.shipped_at, " ".join((parcel.carrier, parcel.tracking_number)), "parcel")
    ]
    if parcel.delivered_at:
        return [*steps, Step(_("签收"), StepState.DONE, parcel.delivered_at, icon="home")]
    return [*steps, Step(_("签收"), StepState.TODO, text=_("在路上了。"), icon="home")]
