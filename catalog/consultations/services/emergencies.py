"""A provider sees somebody in danger: what the family left for this case opens, and our people on duty are told."""

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
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look
from marketplace.families.selectors import guardians_of
from marketplace.notifications.services import notify
from marketplace.safeguarding.hotlines import HOTLINES, Hotline

from ..errors import NoEmergencyHere
from ..locks import locked_emergencies
from ..models import Emergency, Encounter, Whereabouts
from ..ports import page_of_emergency
from ..rules import EMERGENCY_UNTIL, OPENING_STATUSES, OPENS_BEFORE
from ..selectors import people_on_safety_duty


@dataclass(frozen=True)
class Contact:
    """Somebody who can be called: who they are to the young person, a name, a number."""

    relation: str
    name: str
    phone: str


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

    `booking_id` says who: in a group the provider names the member. What may be shown then, `open_sheet` opens.

    Raises:
        NoEmergencyHere: not this provider's session, not booked, or not around its time.
    """
    now = now or timezone.now()
    booking = _own_booking(booking_id, raised_by)
    if booking is None or not booking.starts_at - OPENS_BEFORE <= now < booking.ends_at + EMERGENCY_UNTIL:
        raise NoEmergencyHere
    encounter, _made = Encounter.objects.get_or_create(occupancy=booking.occupancy)
    emergency, is_new = Emergency.objects.get_or_create(
        encounter=encounter, booking=booking, defaults={"raised_by": raised_by, "raised_at": now}
    )
    if is_new:
        for person in people_on_safety_duty(now):
            body = _("有一场咨询需要安全值守的同事现在看一下。打开心桥就能看到，先打电话给机构也可以。")
            notify(
                key=f"emergency:{emergency.public_id}:{person.pk}",
                recipient=person,
                body=body,
                url=page_of_emergency(emergency.public_id),
            )
    return emergency


def open_sheet(*, emergency: Emergency, viewer: User, now: datetime | None = None) -> EmergencySheet:
    """Return what an emergency opens to its provider, or to our staff on safety duty; the look is written down.

    Raises:
        NoEmergencyHere: somebody else asks, or it is long over.
    """
    now = now or timezone.now()
    booking = emergency.booking
    is_provider = booking.occupancy.provider.user_id == viewer.pk and now < booking.ends_at + EMERGENCY_UNTIL
    if not is_provider and not is_on_duty(viewer, Duty.SAFETY, now):
        raise NoEmergencyHere
    child = booking.child
    items = [DataItem.PROFILE, DataItem.CONTACT]
    seen = look(viewer=viewer, children=[child], items=items, purpose=Purpose.SAFETY, now=now)
    contact = seen.may_see(child, DataItem.CONTACT)
    given = Whereabouts.objects.filter(booking=booking).select_related("booking__child").first() if contact else None
    return EmergencySheet(
        emergency=emergency,
        known_as=child.nickname if seen.may_see(child, DataItem.PROFILE) else "",
        place=given.place if given else "",
        contacts=_contacts(booking, given) if contact else (),
        closed="" if contact else str(contact.sentence),
        hotlines=HOTLINES,
    )


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


def _contacts(booking: Booking, given: Whereabouts | None) -> list[Contact]:
    """Whom to call: whoever was named for this session, the guardians, the young person."""
    child = booking.child
    found = [Contact(str(_("这次会面留的联系人")), given.contact_name, given.contact_phone)] if given else []
    for guardianship in guardians_of(child):
        guardian = guardianship.guardian
        found.append(Contact(str(guardianship.get_relation_display()), guardian.nickname, guardian.phone or ""))
    if child.account_id and child.account:
        found.append(Contact(str(_("本人")), child.nickname, child.account.phone or ""))
    return [contact for contact in found if contact.phone]
