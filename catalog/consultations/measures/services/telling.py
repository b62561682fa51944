"""Telling a provider that somebody does not get on: them alone, and only where a consent lets them see scores."""

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.scheduling.models import Booking
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.selectors import disclosures
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..selectors import series_of


def tell_provider(booking: Booking) -> None:
    """Tell the booking's provider in the app to look before the session; the words say nothing of what or of whom."""
    carer = booking.occupancy.provider.user
    if carer is None or not any(series.is_off_track for series in series_of(booking.child)):
        return
    seen = disclosures(viewer=carer, children=[booking.child], purpose=Purpose.CARE, items=[DataItem.SCORE])
    if not seen.may_see(booking.child, DataItem.SCORE):
        return
    notify(
        key=f"measures-{booking.public_id}",
        recipient=carer,
        subject=_("见面之前请看一眼"),
        body=_("有一位来访者见面前的回答更新了，请在见面之前看一眼。"),
        url=reverse("measures:of_booking", args=[booking.public_id]),
        channels=[Channel.IN_APP],
    )
