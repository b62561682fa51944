"""What a family asks for, before anything is locked or taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..enums import Attendee, Mode
from ..errors import ModeNotOffered, SlotInThePast, SlotNotOffered, SlotTaken
from ..intervals import Interval
from ..models import BookingSeries, HealthcareService, Occupancy
from ..rules import HOLD_FOR
from ..selectors.availability import demand_within, nearest_open_slots
from ..selectors.timetables import load_timetables
from ..timetable import PlaceId, Timetable, day_of, midnight


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
    def starts_on(self) -> date:
        """The Shanghai day of it."""
        return day_of(seconds(self.starts_at))

    @property
    def busy(self) -> Interval:
        """All of the provider's time it takes, in seconds."""
        return seconds(self.busy_from), seconds(self.busy_until)

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


def timetables_of(wishes: Sequence[Wish]) -> dict[int, Timetable]:
    """Return the timetables of the wishes' providers, as far as the wishes reach."""
    if not wishes:
        return {}
    return load_timetables(
        sorted({wish.provider_id for wish in wishes}),
        begin=min(wish.busy_from for wish in wishes),
        end=max(wish.busy_until for wish in wishes),
        now=wishes[0].now,
    )


def seconds(moment: datetime) -> int:
    """Return a moment in whole seconds, as timetables count."""
    return int(moment.timestamp())


def places_open(wish: Wish, timetable: Timetable, mode: str | None = None) -> list[PlaceId]:
    """Return where the provider would be open for it, in its mode or in another, whatever is taken."""
    service, mode = wish.service, mode or wish.mode
    places = timetable.places_open(seconds(wish.starts_at), service.duration_minutes * 60, mode, service.location_id)
    if service.needs_room and mode == Mode.IN_PERSON:
        return [place for place in places if place is not None]
    return places
