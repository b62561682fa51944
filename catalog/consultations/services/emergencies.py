"""A provider sees somebody in danger: what the family left for this case opens, and our people on duty are told.

What opens to whom, the door of consent decides (`consent.disclosures`), on what `disclosure` tells it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.scheduling.models import Booking
from marketplace.accounts.duty.selectors import is_on_duty
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.consent.services import look
from marketplace.safeguarding.hotlines import HOTLINES, Hotline
from marketplace.safeguarding.services import alert_duty

from ..errors import NoEmergencyHere
from ..locks import locked_emergencies
from ..models import Emergency, Encounter, Whereabouts
from ..ports import page_of_emergency
from ..rules import ALARM_TRIED_FOR, EMERGENCY_UNTIL, OPENING_STATUSES, OPENS_BEFORE, SHEET_OPEN_FOR
from ..selectors import Contact, contacts_of


@dataclass(frozen=True)
class EmergencySheet:
    """What helps now. `place` is where the young person said they are; `closed` says why contacts are not shown, if so."""

    emergency: Emergency
    known_as: str
    place: str
    contacts: Sequence[Contact]
    closed: str
    hotlines: Sequence[Hotline]


@transaction.atomic(durable=True)
def raise_emergency(*, booking_id: UUID, raised_by: User, now: datetime | None = None) -> Emergency:
    """Note that somebody is in danger in a session, and tell our people on duty; pressing again changes nothing.

    `booking_id` says who: in a group the provider names the member. What may be shown then, `open_sheet` opens. Where
    nobody can be told, the emergency stands all the same, and `alert_duty_again` goes on trying.

    Raises:
        NoEmergencyHere: not this provider's session, not booked, or not around its time.
    """
    now = now or timezone.now()
    booking = _own_booking(booking_id, raised_by)
    if booking is None or not booking.starts_at - OPENS_BEFORE <= now < booking.ends_at + EMERGENCY_UNTIL:
        raise NoEmergencyHere
    encounter, _made = Encounter.objects.get_or_create(occupancy=booking.occupancy)
    Emergency.objects.get_or_create(
        encounter=encounter, booking=booking, defaults={"raised_by": raised_by, "raised_at": now}
    )
    emergency = locked_emergencies().get(encounter=encounter, booking=booking)
    _alert(emergency, now)
    return emergency


@transaction.atomic(durable=True)
def alert_duty_again(*, now: datetime | None = None) -> int:
    """Tell our people of emergencies of which nobody could be told, and return of how many they are told now; for a beat."""
    now = now or timezone.now()
    untold = locked_emergencies().filter(alerted_at=None, taken_at=None, raised_at__gt=now - ALARM_TRIED_FOR)
    return sum(_alert(emergency, now) for emergency in untold)


def open_sheet(*, emergency: Emergency, viewer: User, now: datetime | None = None) -> EmergencySheet:
    """Return what an emergency opens to its provider, or to our staff on safety duty; each look is written down.

    What the family left for this session opens for a day. Phones of accounts are shown to whoever may see them anyway:
    the provider of a booked service around the session, our staff on duty. After the day our staff find no more than that
    there was one, and the provider nothing.

    Raises:
        NoEmergencyHere: somebody else asks, or it is long over.
    """
    now = now or timezone.now()
    is_over = now >= emergency.raised_at + SHEET_OPEN_FOR
    if is_on_duty(viewer, Duty.SAFETY, now):
        ways = {Purpose.SAFETY: [DataItem.PROFILE, DataItem.CONTACT]}
    elif emergency.booking.occupancy.provider.user_id == viewer.pk and not is_over:
        ways = {Purpose.SAFETY: [DataItem.CONTACT], Purpose.CARE: [DataItem.PROFILE, DataItem.CONTACT]}
    else:
        raise NoEmergencyHere
    if is_over:
        closed = _("紧急求助已经过去一天，为会面留下的地点和电话不再打开。")
        return EmergencySheet(emergency, "", "", (), closed, HOTLINES)
    return _sheet(emergency, viewer, ways, now)


@transaction.atomic(durable=True)
def take_emergency(*, emergency_id: UUID, taken_by: User, now: datetime | None = None) -> Emergency:
    """Note who of our staff on safety duty looks after an emergency; the first one stays.

    Raises:
        NoEmergencyHere: not on duty, or there is none.
    """
    now = now or timezone.now()
    emergency = locked_emergencies().filter(public_id=emergency_id).first()
    if emergency is None or not is_on_duty(taken_by, Duty.SAFETY, now):
        raise NoEmergencyHere
    if emergency.taken_at is None:
        emergency.taken_by, emergency.taken_at = taken_by, now
        emergency.save(update_fields=["taken_by", "taken_at"])
    return emergency


def _own_booking(booking_id: UUID, provider: User) -> Booking | None:
    own = Booking.objects.filter(
        public_id=booking_id, occupancy__provider__user_id=provider.pk, status__in=OPENING_STATUSES
    )
    return own.select_related("occupancy").first()


def _alert(emergency: Emergency, now: datetime) -> bool:
    """Tell our people on duty, unless somebody was told; whether somebody is told now."""
    if emergency.alerted_at is not None:
        return False
    told = alert_duty(
        key=f"emergency:{emergency.public_id}",
        body=_("有一场咨询需要安全值守的同事现在看一下。打开心桥就能看到，先打电话给机构也可以。"),
        url=page_of_emergency(emergency.public_id),
        now=now,
    )
    if told:
        emergency.alerted_at = now
        emergency.save(update_fields=["alerted_at"])
    return told > 0


def _sheet(emergency: Emergency, viewer: User, ways: dict[Purpose, list[DataItem]], now: datetime) -> EmergencySheet:
    child = emergency.booking.child
    seen = {
        purpose: look(viewer=viewer, children=[child], items=items, purpose=purpose, now=now)
        for purpose, items in ways.items()
    }
    left = seen[Purpose.SAFETY].may_see(child, DataItem.CONTACT)
    given = _given(emergency.booking) if left.reason == Reason.EMERGENCY else None
    contacts = [Contact(str(_("这次会面留的联系人")), given.contact_name, given.contact_phone)] if given else []
    *_others, usual = seen.values()
    if usual.may_see(child, DataItem.CONTACT):
        contacts += contacts_of(child)
    return EmergencySheet(
        emergency=emergency,
        known_as=child.nickname if usual.may_see(child, DataItem.PROFILE) else "",
        place=given.place if given else "",
        contacts=[contact for contact in contacts if contact.phone],
        closed="" if left or contacts else left.sentence,
        hotlines=HOTLINES,
    )


def _given(booking: Booking) -> Whereabouts | None:
    return Whereabouts.objects.filter(booking=booking).select_related("booking__child").first()
