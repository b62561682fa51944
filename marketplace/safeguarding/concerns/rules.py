"""Who may do what with a concern, and which of them lead to somebody who writes without a name."""

from datetime import datetime, timedelta

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.safeguarding.enums import Kind, Level, Source

from .enums import FAMILY, Outcome, Told
from .models import Concern, ConcernEvent

#: Places where people write without a name: who it is, two of our staff have to open together.
NAMELESS = frozenset({Source.POST, Source.REPLY, Source.LETTER})
#: How long an identity stays open once a second person agreed.
OPEN_FOR = timedelta(hours=72)
#: Steps without which a suspicion of abuse is neither told at home nor closed as a danger
#: (law on the protection of minors, articles 11 and 20; the joint opinion on mandatory reporting, 2020).
REPORTING_STEPS = frozenset({"police", "civil"})


def may_lead(user: User) -> bool:
    """Return whether a person leads our staff: starts drills, records training, sees the figures."""
    return user.is_active and user.is_superuser and user.role == Role.STAFF


def is_held_by(concern: Concern, user: User) -> bool:
    """Return whether a person looks after a concern now."""
    return concern.is_open and concern.acknowledged_by_id == user.pk and concern.acknowledged_at is not None


def is_nameless(events: "list[ConcernEvent]") -> bool:
    """Return whether a text behind a concern was written without a name."""
    return any(event.source in NAMELESS for event in events)


def starts_clock_again(concern: Concern, level: int, at: datetime, fresh_for: timedelta) -> bool:
    """Return whether a further text owes a new look: more urgent than before, or urgent long after somebody looked."""
    if level > concern.urgency:
        return True
    taken = concern.acknowledged_at
    return level >= Level.URGENT and taken is not None and at - taken > fresh_for


def has_to_be_reported_first(kind: str, told: str, done: set[str]) -> bool:
    """Return whether somebody of the family may not be told yet."""
    return kind == Kind.ABUSE and told in FAMILY and not done >= REPORTING_STEPS


def may_close(kind: str, outcome: str, done: set[str]) -> bool:
    """Return whether a concern may end like this: abuse that is one, only once it was reported."""
    if kind != Kind.ABUSE or outcome not in {Outcome.DANGER, Outcome.UNREACHABLE}:
        return True
    return done >= REPORTING_STEPS


def told_choices(concern: Concern, done: set[str]) -> list[tuple[str, str]]:
    """Return whom the desk may note as told now."""
    return [(told.value, str(told.label)) for told in Told if not has_to_be_reported_first(concern.kind, told, done)]
