"""Who has a way into which room, and who was there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.selectors import bookings_for_family
from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.families.selectors import active_guardianships, guardians_of

from .enums import Part
from .errors import RoomNotFound
from .models import Emergency, Visit, Whereabouts
from .rules import OPENING_STATUSES, RoomEntry, may_come_as, refusal_at

#: How far back the page of emergencies looks.
SHOWN_FOR = timedelta(days=7)
_EMERGENCY = ("booking__occupancy__provider__partner", "booking__child__account", "raised_by", "taken_by")


def entry_of(user: User, occupancy_id: UUID) -> RoomEntry:
    """Return a person's way into one session, open or not. Raises RoomNotFound for everybody it is not booked for."""
    occupancy = Occupancy.objects.filter(public_id=occupancy_id).select_related("provider").first()
    if occupancy is None or not user.is_active:
        raise RoomNotFound
    if occupancy.provider.user_id == user.pk:
        bookings = occupancy.bookings.filter(status__in=OPENING_STATUSES).select_related("child").order_by("pk")
        return RoomEntry(occupancy, Part.PROVIDER, list(bookings))
    guarded = guarded_children(user)
    seen = bookings_for_family(user).filter(occupancy=occupancy).order_by("pk")
    theirs = [each for each in seen if may_come_as(user, each, is_guardian=each.child_id in guarded)]
    if not theirs:
        raise RoomNotFound
    return RoomEntry(occupancy, Part.FAMILY, theirs)


def open_entry_of(user: User, occupancy_id: UUID, *, now: datetime | None = None) -> RoomEntry:
    """Return a person's way into one session that is open now. Raises the RoomRefusal that says why it is not."""
    entry = entry_of(user, occupancy_id)
    refusal = refusal_at(entry, now=now or timezone.now())
    if refusal:
        raise refusal
    return entry


def guarded_children(user: User) -> set[int]:
    """Ids of the children a person is a guardian in force of."""
    return set(active_guardianships().filter(guardian_id=user.pk).order_by().values_list("child_id", flat=True))


def room_of(
    user: User, booking: Booking, *, now: datetime | None = None, guarded: Collection[int] | None = None
) -> RoomEntry | None:
    """Return the way from a booking that is shown into its room, or None where there is none (any more) for this person.

    It may not be open yet. `guarded` spares the question for whom the person is a guardian, for lists.
    """
    part = Part.PROVIDER if booking.occupancy.provider.user_id == user.pk else Part.FAMILY
    if part == Part.FAMILY:
        guarded = guarded_children(user) if guarded is None else guarded
        if not may_come_as(user, booking, is_guardian=booking.child_id in guarded):
            return None
    entry = RoomEntry(booking.occupancy, part, [booking])
    at_opening = max(now or timezone.now(), entry.opens_at)
    return None if refusal_at(entry, now=at_opening) else entry


@dataclass(frozen=True)
class Arrival:
    """When somebody came to their session's room, was let in, and left (None: not, or still there)."""

    arrived_at: datetime
    admitted_at: datetime | None
    left_at: datetime | None


def arrivals_of(bookings: Iterable[Booking]) -> dict[int, Arrival]:
    """Return, by booking id, who came to the room: a hint for whoever marks attendance; one query."""
    found: dict[int, Arrival] = {}
    through = Visit.bookings.through.objects.filter(booking__in=[booking.pk for booking in bookings])
    for row in through.select_related("visit").order_by("visit__arrived_at"):
        visit, earlier = row.visit, found.get(row.booking_id)
        found[row.booking_id] = Arrival(
            arrived_at=earlier.arrived_at if earlier else visit.arrived_at,
            admitted_at=(earlier and earlier.admitted_at) or visit.admitted_at,
            left_at=visit.left_at,
        )
    return found


def given_whereabouts(user: User, occupancy_id: UUID) -> Whereabouts | None:
    """Return what a family left for one session's emergencies, for whoever of it comes: to look at and change it."""
    entry = entry_of(user, occupancy_id)
    if entry.part != Part.FAMILY:
        return None
    return Whereabouts.objects.filter(booking__in=entry.bookings).select_related("booking__child").first()


@dataclass(frozen=True)
class Contact:
    """Somebody who can be called: who they are to the young person, a name, a number."""

    relation: str
    name: str
    phone: str


def contacts_of(child: Child) -> list[Contact]:
    """Return the guardians and the young person with the phones of their accounts; whether to show them, consent says."""
    found = [
        Contact(str(each.get_relation_display()), each.guardian.nickname, each.guardian.phone or "")
        for each in guardians_of(child)
    ]
    if child.account_id and child.account:
        found.append(Contact(_("本人"), child.nickname, child.account.phone or ""))
    return [contact for contact in found if contact.phone]


def recent_emergencies(*, now: datetime | None = None) -> QuerySet[Emergency]:
    """Return emergencies nobody has taken on, then those of the last days, with what a queue shows."""
    since = (now or timezone.now()) - SHOWN_FOR
    found = Emergency.objects.filter(Q(taken_at=None) | Q(raised_at__gte=since)).select_related(*_EMERGENCY)
    return found.order_by(F("taken_at").asc(nulls_first=True), "-raised_at", "-pk")


def emergencies_of(user: User, occupancy_id: UUID) -> list[Emergency]:
    """Return the emergencies a provider has raised in one session of theirs."""
    own = Emergency.objects.filter(encounter__occupancy__public_id=occupancy_id)
    return list(own.filter(encounter__occupancy__provider__user=user).select_related(*_EMERGENCY))


def emergency_of(public_id: UUID) -> Emergency | None:
    """Return one emergency with all that its sheet shows; who may see it, `services.open_sheet` decides."""
    return Emergency.objects.filter(public_id=public_id).select_related(*_EMERGENCY).first()
