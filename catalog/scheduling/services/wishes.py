"""What a family asks for, before anything is locked or taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..enums import Attendee, Mode
from ..errors import ModeNotOffered, SlotInThePast, SlotNotOffered, SlotTaken
from ..models import BookingSeries, HealthcareService, Occupancy
from ..rules import HOLD_FOR
from ..selectors.availability import demand_within, nearest_open_slots
from ..timetable import day_of, midnight


@dataclass(frozen=True, slots=True)
class Wish:
    """One place for one person: in a provider's time, or a seat of a group `session`."""

    service: HealthcareService
    starts_at: datetime
    child: Child
    mode: str
    booked_by: User
    now: datetime
    provider_id: int = 0
    session: Occupancy | None = None
    held_for: timedelta = HOLD_FOR
    attendee: Attendee = Attendee.CHILD
    together_id: UUID | None = None
    series: BookingSeries | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.service.duration_minutes)

    @property
    def busy_from(self) -> datetime:
        return self.starts_at - timedelta(minutes=self.service.buffer_before_minutes)

    @property
    def busy_until(self) -> datetime:
        return self.ends_at + timedelta(minutes=self.service.buffer_minutes)

    @property
    def needs_room(self) -> bool:
        """Whether a room must be taken with it; a group session has its own already."""
        return self.service.needs_room and self.mode == Mode.IN_PERSON and self.session is None

    def taken(self, refusal: type[SlotTaken] = SlotTaken) -> SlotTaken:
        return refusal(self.look_for_others)

    def look_for_others(self) -> list:
        return nearest_open_slots(service=self.service, around=self.starts_at)


def refuse_impossible(wish: Wish) -> None:
    """Refuse what needs no look at anybody's time.

    Raises ModeNotOffered, SlotInThePast, SlotNotOffered (too soon, too far, off the grid).
    """
    if wish.mode not in wish.service.modes:
        raise ModeNotOffered
    if wish.starts_at <= wish.now:
        raise SlotInThePast
    demand = demand_within(wish.service, now=wish.now)
    start = wish.starts_at.timestamp()
    on_grid = wish.session or (start - midnight(day_of(int(start)))) % demand.step == 0
    if not on_grid or not demand.earliest <= start <= demand.latest:
        raise SlotNotOffered
