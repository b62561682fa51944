"""How soon something is looked at, when reports hold it, and what is covered on the desk. Pure; no person is judged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from marketplace.safeguarding.enums import DANGERS, Kind, Level

from .enums import GENTLE_REASONS, SEVERE_REASONS, Cause, ReportReason, Urgency

#: So many readers who know nothing of one another hold a text until a person has looked; see `holds`.
ENOUGH_READERS = 3
#: So many strangers' severe reports count as a member's one: whoever has no account can report twice more easily.
ENOUGH_STRANGERS = 2
#: What waits so long is looked at one step sooner, up to NEXT: nobody is forgotten behind a stream of hard things.
A_STEP_SOONER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Voice:
    """One report as the rules see it."""

    reason: str
    is_member: bool


def urgency(*, cause: str, level: int, voices: Collection[Voice] = ()) -> Urgency:
    """Return how soon a text is looked at when it enters the queue."""
    if level >= Level.URGENT or any(voice.reason == ReportReason.DANGER for voice in voices):
        return Urgency.NOW
    if level >= Level.CONCERN or any(voice.reason in SEVERE_REASONS for voice in voices):
        return Urgency.NEXT
    if cause in (Cause.REPORT, Cause.APPEAL, Cause.GATE):
        return Urgency.SOON
    return Urgency.ORDINARY


def urgency_after(first: int, waited: timedelta) -> Urgency:
    """Return the urgency once something has waited: a step sooner every two hours, but only NOW begins as NOW."""
    if first >= Urgency.NEXT:
        return Urgency(first)
    return Urgency(min(Urgency.NEXT, first + max(0, waited // A_STEP_SOONER)))


def holds(voices: Collection[Voice], *, was_kept: bool = False) -> bool:
    """Return whether reports hold a shown text until a person has looked.

    One member's severe report holds, or two strangers', or three readers' of any kind but a mere feeling. What a
    moderator has looked at and left (`was_kept`) is held again by three severe reports only: nobody is silenced by the
    same click again and again.
    """
    severe = [voice for voice in voices if voice.reason in SEVERE_REASONS]
    if was_kept:
        return len(severe) >= ENOUGH_READERS
    counted = [voice for voice in voices if voice.reason not in GENTLE_REASONS]
    return any(voice.is_member for voice in severe) or len(severe) >= ENOUGH_STRANGERS or len(counted) >= ENOUGH_READERS


def is_hard(*, level: int, kind: str, voices: Collection[Voice] = ()) -> bool:
    """Return whether a text is covered on the desk until it is opened, and counts as heavy for whoever opens it."""
    if level >= Level.CONCERN and kind in DANGERS:
        return True
    return any(voice.reason in SEVERE_REASONS and voice.reason != ReportReason.IDENTITY for voice in voices)


def asks_for_safety(*, level: int, kind: str) -> bool:
    """Return whether a moderator is asked twice before showing a text: the gate saw a danger to somebody."""
    return level >= Level.URGENT and kind in (*DANGERS, Kind.SELF_HARM)
