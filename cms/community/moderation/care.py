"""How moderators are looked after: after some hard texts or a while a rest is offered, then needed.

Pure: what somebody did comes in as spans, so that the limits can be tried with any day. The figures are ours; that
heavy material needs short spells, covered display and rests is the common ground of guides for people who do this work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OFFER_AFTER_HARD = 5
NEED_AFTER_HARD = 8
OFFER_AFTER = timedelta(minutes=50)
NEED_AFTER = timedelta(minutes=75)
#: A rest, or time without anything in hand that counts as one.
REST = timedelta(minutes=10)
#: More hard texts than this a day are for somebody else.
HARD_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Span:
    """Something in hand: from when until when (still in hand: None), and when a hard text was opened in it."""

    began_at: datetime
    ended_at: datetime | None
    hard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """A rest that was taken or runs: until when it really lasted."""

    began_at: datetime
    until_at: datetime


class Need(StrEnum):
    """What is good for a moderator now."""

    NONE = "none"
    OFFERED = "offered"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class State:
    """Where a moderator is in a spell of work."""

    need: Need
    hard: int
    worked: timedelta
    hard_today: int

    @property
    def has_seen_enough_today(self) -> bool:
        """No more hard texts today."""
        return self.hard_today >= HARD_A_DAY

    @property
    def minutes(self) -> int:
        """Whole minutes of this spell."""
        return int(self.worked.total_seconds() // 60)


def state(spans: Sequence[Span], rests: Sequence[Rest], *, now: datetime, day_began_at: datetime) -> State:
    """Return where a moderator is at `now`. `spans` and `rests` in any order; those after `now` do not count."""
    past = sorted((span for span in spans if span.began_at <= now), key=lambda span: span.began_at)
    spell = _spell(past, rests, now)
    hard = sum(1 for span in spell if span.hard_at and span.hard_at <= now)
    worked = now - spell[0].began_at if spell else timedelta(0)
    today = sum(1 for span in past if span.hard_at and day_began_at <= span.hard_at <= now)
    return State(_need(hard, worked), hard, worked, today)


def _need(hard: int, worked: timedelta) -> Need:
    if hard >= NEED_AFTER_HARD or worked >= NEED_AFTER:
        return Need.REQUIRED
    if hard >= OFFER_AFTER_HARD or worked >= OFFER_AFTER:
        return Need.OFFERED
    return Need.NONE


def _spell(past: Sequence[Span], rests: Sequence[Rest], now: datetime) -> list[Span]:
    """Return the spans since the last rest of full length, taken or simply had."""
    rested_at = max(
        (rest.until_at for rest in rests if rest.until_at <= now and rest.until_at - rest.began_at >= REST),
        default=None,
    )
    since = [span for span in past if rested_at is None or span.began_at >= rested_at]
    spell: list[Span] = []
    free_from: datetime | None = None
    for span in since:
        if free_from is not None and span.began_at - free_from >= REST:
            spell, free_from = [], None
        spell.append(span)
        ended_at = min(span.ended_at or now, now)
        free_from = ended_at if free_from is None else max(free_from, ended_at)
    if free_from is not None and now - free_from >= REST:
        return []
    return spell
