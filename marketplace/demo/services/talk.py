"""What a demo family and a clinic said about a booking to come, by the same services that both use."""

from django.utils import timezone

from catalog.consultations.talk.models import BookingMessage
from catalog.consultations.talk.services import say_as_family, say_as_organisation
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from ..keys import stable_id


def make_talk() -> bool:
    """Let a parent ask the way and the front desk answer, once; return whether anything was said."""
    if BookingMessage.objects.filter(person__public_id=stable_id("user", "lin")).exists():
        return False
    parent, desk = (User.objects.get(public_id=stable_id("user", key)) for key in ("lin", "lu"))
    ahead = Booking.objects.filter(
        booked_by=parent,
        status=BookingStatus.BOOKED,
        starts_at__gt=timezone.now(),
        occupancy__provider__partner__memberships__user=desk,
    )
    booking = ahead.order_by("starts_at").first()
    if booking is None:
        return False
    say_as_family(booking_id=booking.pk, person=parent, words="（示例）第一次来，从哪个门进？可以提前十分钟到吗？")
    answer = "（示例）可以的。走东门，三楼，出电梯右转，前台有热水。"
    say_as_organisation(booking_id=booking.pk, person=parent, author=desk, words=answer)
    return True
