"""How a cooperation proposal is drawn up. Pure: no database, so that every figure can be worked out by hand.

Who is proposed follows need, district and how much time somebody has left. A rating is never read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .enums import Because, LineKind, ResourceKind

#: A reason and its facts, as it is stored: [code, {facts}].
Reason = list[Any]

#: Usual prices in fen where nobody named one; shown as such, and meant to be changed.
USUAL_FEN = {
    ResourceKind.SPEAKER: 30_000,  # an hour
    ResourceKind.HELPER: 5_000,  # a person
    ResourceKind.VENUE: 0,  # communities bring their own rooms
    ResourceKind.MATERIAL: 1_500,  # a portion
    ResourceKind.SNACK: 1_000,  # a portion
}
_LINE_OF = {
    ResourceKind.HELPER: LineKind.HELPER,
    ResourceKind.VENUE: LineKind.VENUE,
    ResourceKind.MATERIAL: LineKind.MATERIAL,
    ResourceKind.SNACK: LineKind.SNACK,
}
#: Of free events' sign-ups a part stays away; without numbers of one's own this much is expected, in percent.
CAREFUL_SHARE = 70
#: So many people must have signed up before, that their share says anything.
ENOUGH_SIGN_UPS = 30
WEEKS_AHEAD = 6


@dataclass(frozen=True)
class Candidate:
    """Somebody who could give the talk. `fill_percent`: how full their week is; None where nothing is on offer."""

    provider_id: int
    name: str
    district: str
    has_need: bool
    fill_percent: int | None
    hourly_fen: int | None
    free_at: frozenset[datetime]


@dataclass(frozen=True)
class Wish:
    """What the community planned."""

    district: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    resources: Mapping[ResourceKind, int]

    @property
    def speakers(self) -> int:
        return self.resources.get(ResourceKind.SPEAKER, 0)

    def times(self) -> list[datetime]:
        """The wished time, then the same weekday and hour of the weeks after it."""
        return [self.starts_at + timedelta(weeks=week) for week in range(WEEKS_AHEAD)]


@dataclass(frozen=True)
class DraftLine:
    kind: LineKind
    what: str
    amount_fen: int
    why: list[Reason]
    provider_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """A proposal before it is written."""

    starts_at: datetime
    ends_at: datetime
    lines: list[DraftLine]
    reach: int
    why_time: list[Reason]
    why_reach: list[Reason]

    @property
    def budget_fen(self) -> int:
        return sum(line.amount_fen for line in self.lines)


def draw_up(wish: Wish, candidates: Iterable[Candidate], *, signed_up: int, came: int) -> Draft:
    """Return who, when, for how much and for how many. `signed_up` and `came` count this community's past seats."""
    ranked = sorted((each for each in candidates if each.has_need), key=lambda each: _rank(wish, each))
    starts_at, chosen, why_time = _time_and_people(wish, ranked)
    hours = (wish.ends_at - wish.starts_at) / timedelta(hours=1)
    lines = [_provider_line(wish, each, hours) for each in chosen]
    lines += [_resource_line(kind, count) for kind, count in wish.resources.items() if kind in _LINE_OF and count]
    reach, why_reach = _reach(wish, signed_up, came)
    return Draft(starts_at, starts_at + (wish.ends_at - wish.starts_at), lines, reach, why_time, why_reach)


def _rank(wish: Wish, each: Candidate) -> tuple[bool, int, int]:
    """Near before far, then who has most time left; equals in a fixed order that stands for nothing."""
    fill = 100 if each.fill_percent is None else each.fill_percent
    return (each.district != wish.district, fill, each.provider_id)


def _time_and_people(wish: Wish, ranked: Sequence[Candidate]) -> tuple[datetime, list[Candidate], list[Reason]]:
    """The first time at which enough people are free; the wished time with whoever is free then, where there is none."""
    if not wish.speakers:
        return wish.starts_at, [], [[Because.WISHED_TIME, {}]]
    for week, time in enumerate(wish.times()):
        free = [each for each in ranked if time in each.free_at]
        if len(free) >= wish.speakers:
            why = [Because.LATER_TIME, {"weeks": week}] if week else [Because.WISHED_TIME, {}]
            return time, free[: wish.speakers], [why]
    free = [each for each in ranked if wish.starts_at in each.free_at]
    return wish.starts_at, free, [[Because.NOBODY_FREE, {"wanted": wish.speakers, "found": len(free)}]]


def _provider_line(wish: Wish, each: Candidate, hours: float) -> DraftLine:
    why: list[Reason] = [[Because.SAME_NEED, {}], [Because.FREE_THEN, {}]]
    is_near = each.district == wish.district
    why.append([Because.SAME_DISTRICT if is_near else Because.OTHER_DISTRICT, {"district": each.district}])
    if each.fill_percent is not None:
        why.append([Because.HAS_ROOM, {"percent": each.fill_percent}])
    hourly = each.hourly_fen if each.hourly_fen is not None else USUAL_FEN[ResourceKind.SPEAKER]
    code = Because.HOURLY if each.hourly_fen is not None else Because.USUAL_RATE
    why.append([code, {"fen": hourly}])
    return DraftLine(LineKind.PROVIDER, each.name, round(hourly * hours), why, each.provider_id)


def _resource_line(kind: ResourceKind, count: int) -> DraftLine:
    each = USUAL_FEN[kind]
    why: Reason = [Because.USUAL_RATE, {"fen": each}] if each else [Because.NO_FEE, {}]
    return DraftLine(_LINE_OF[kind], f"{LineKind(_LINE_OF[kind]).label} × {count}", each * count, [why])


def _reach(wish: Wish, signed_up: int, came: int) -> tuple[int, list[Reason]]:
    if signed_up >= ENOUGH_SIGN_UPS:
        return wish.capacity * came // signed_up, [[Because.CAME_BEFORE, {"came": came, "signed_up": signed_up}]]
    return wish.capacity * CAREFUL_SHARE // 100, [[Because.CAREFUL_GUESS, {"percent": CAREFUL_SHARE}]]
