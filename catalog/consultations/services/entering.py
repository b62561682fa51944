"""Coming to a session, being let in, leaving."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.models import Occupancy
from marketplace.accounts.models import User

from ..enums import NOT_BEGUN, EncounterStatus, Part
from ..errors import PersonNotHere
from ..locks import locked_encounters, locked_visits
from ..models import Encounter, Visit
from ..rules import CLOSES_AFTER, MAY_RETURN
from ..selectors import open_entry_of


@transaction.atomic(durable=True)
def come_to_room(
    *, occupancy_id: UUID, person: User, returning_as: UUID | None = None, now: datetime | None = None
) -> Visit:
    """Note that somebody is there, and return their visit; `returning_as` goes on with one that was interrupted.

    Whether it may be gone on with, the caller knows from who held the place; the time since leaving is checked here.

    Raises:
        RoomRefusal: there is no way in for this person now (its subclass says why).
    """
    now = now or timezone.now()
    entry = open_entry_of(person, occupancy_id, now=now)
    encounter = _encounter_of(entry.occupancy)
    visit = _interrupted(encounter, person, returning_as, now) if returning_as else None
    if visit is None:
        visit = Visit.objects.create(encounter=encounter, person=person, part=entry.part, arrived_at=now)
        visit.bookings.set(entry.bookings if entry.part == Part.FAMILY else [])
    if entry.part == Part.PROVIDER:
        visit.admitted_at = visit.admitted_at or now
    elif encounter.status == EncounterStatus.PLANNED:
        encounter.status = EncounterStatus.ARRIVED
        encounter.save(update_fields=["status"])
    visit.left_at = None
    visit.save(update_fields=["admitted_at", "left_at"])
    return visit


@transaction.atomic(durable=True)
def admit_visit(*, visit_id: UUID, now: datetime | None = None) -> Visit:
    """Let somebody in from the lobby; the first one begins the session, also one that was ended too early.

    The caller has checked that it is the provider who says so. Raises PersonNotHere for a visit that is over.
    """
    now = now or timezone.now()
    visit, encounter = _locked_visit(visit_id)
    visit.admitted_at, visit.declined_at = visit.admitted_at or now, None
    visit.save(update_fields=["admitted_at", "declined_at"])
    if encounter.status != EncounterStatus.IN_PROGRESS:
        encounter.status, encounter.ended_at = EncounterStatus.IN_PROGRESS, None
        encounter.started_at = encounter.started_at or now
        encounter.save(update_fields=["status", "started_at", "ended_at"])
    return visit


@transaction.atomic(durable=True)
def decline_visit(*, visit_id: UUID, now: datetime | None = None) -> Visit:
    """Do not let somebody in, or ask them to leave. Raises PersonNotHere for a visit that is over."""
    now = now or timezone.now()
    visit, _ = _locked_visit(visit_id)
    visit.declined_at = visit.left_at = now
    visit.save(update_fields=["declined_at", "left_at"])
    return visit


@transaction.atomic(durable=True)
def leave_room(*, visit_id: UUID, now: datetime | None = None) -> None:
    """Note that somebody is gone; they may come back."""
    locked_visits().filter(public_id=visit_id, left_at=None).update(left_at=now or timezone.now())


@transaction.atomic(durable=True)
def end_session(*, occupancy_id: UUID, now: datetime | None = None) -> None:
    """End a session that is in progress for everybody; repeats do nothing. The caller has checked that it is its provider."""
    now = now or timezone.now()
    for encounter in locked_encounters().filter(occupancy__public_id=occupancy_id):
        _finish(encounter, now)
        encounter.visits.filter(left_at=None).update(left_at=now)


@transaction.atomic(durable=True)
def close_over_sessions(*, now: datetime | None = None) -> int:
    """Finish sessions whose room is closed, and say of those where nobody met that they did not take place; for a beat."""
    now = now or timezone.now()
    due = locked_encounters().filter(
        status__in=(*NOT_BEGUN, EncounterStatus.IN_PROGRESS), occupancy__ends_at__lte=now - CLOSES_AFTER
    )
    encounters: Sequence[Encounter] = list(due[:200])
    for encounter in encounters:
        last = encounter.visits.exclude(left_at=None).order_by("-left_at").values_list("left_at", flat=True).first()
        encounter.visits.filter(left_at=None).update(left_at=now)
        _finish(encounter, last or now)
    return len(encounters)


def _encounter_of(occupancy: Occupancy) -> Encounter:
    Encounter.objects.get_or_create(occupancy=occupancy)
    return locked_encounters().get(occupancy=occupancy)


def _interrupted(encounter: Encounter, person: User, visit_id: UUID, now: datetime) -> Visit | None:
    visit = locked_visits().filter(encounter=encounter, person=person, public_id=visit_id, declined_at=None).first()
    is_recent = visit is not None and (visit.left_at is None or now - visit.left_at <= MAY_RETURN)
    return visit if is_recent else None


def _locked_visit(visit_id: UUID) -> tuple[Visit, Encounter]:
    encounter = locked_encounters().filter(visits__public_id=visit_id).first()
    visit = locked_visits().filter(public_id=visit_id, left_at=None).first()
    if encounter is None or visit is None:
        raise PersonNotHere
    return visit, encounter


def _finish(encounter: Encounter, at: datetime) -> None:
    if encounter.status == EncounterStatus.IN_PROGRESS:
        encounter.status = EncounterStatus.FINISHED
        encounter.ended_at = max(at, encounter.started_at or at)
    elif encounter.status in NOT_BEGUN:
        encounter.status = EncounterStatus.CANCELLED
    encounter.save(update_fields=["status", "ended_at"])
