"""Who may ask for what about whom, by age, and how long things last. Pure but for the guardianships it is given."""

from datetime import timedelta

from marketplace.accounts.models import User
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Child, Guardianship

from .enums import RequestKind, RequestState, Scope

#: Between asking for an erasure and the erasure: long enough for a Sunday's second thought and for the other guardian
#: to notice, short of the 15 days in which the law expects an answer.
COOLING_OFF = timedelta(days=7)
#: How long a copy can be fetched.
COPY_LASTS = timedelta(days=7)
#: When a correction is answered at the latest. GB/T 35273-2020, 8.7, allows 30 days.
ANSWER_WITHIN = timedelta(days=15)
#: How long a worker that says nothing is believed to live.
LEASE = timedelta(minutes=10)
#: How long to wait after the first, second, ... failure; after the last one people have a look.
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
#: How often a paused erasure is looked at again.
PAUSE_CHECK = timedelta(hours=6)

WITHDRAWABLE = (RequestState.COOLING, RequestState.WAITING, RequestState.PAUSED)
RUNNABLE = (RequestState.COOLING, RequestState.WAITING, RequestState.RUNNING, RequestState.PAUSED)


def own_scope(own_profile: Child | None) -> Scope | None:
    """What somebody may ask about themselves: everything, from 14 on; before that a guardian asks (PIPL, art. 31)."""
    if own_profile is not None and not own_profile.rules.decides_alone:
        return None
    return Scope.FULL


def guardian_scope(guardianship: Guardianship | None, child: Child, kind: RequestKind) -> Scope | None:
    """What a guardian in force may ask about a child (D6).

    Below 14 everything. From 14 on a copy of bookings and bills; correction and erasure are the young person's own,
    unless there is no account with which they could ask: then nobody else could, and all there is came from guardians.
    """
    if guardianship is None or child.rules.is_adult:
        return None
    if guardianship.scope != GuardianshipScope.FULL:
        return Scope.BOOKINGS_AND_BILLS if kind == RequestKind.EXPORT else None
    if not child.rules.decides_alone:
        return Scope.FULL
    if kind == RequestKind.EXPORT:
        return Scope.BOOKINGS_AND_BILLS
    return None if child.account_id else Scope.FULL


def can_withdraw(state: str) -> bool:
    """Whether a request can still be taken back."""
    return state in WITHDRAWABLE


def back_off(failures: int) -> timedelta | None:
    """How long to wait after so many failures; None: a person has to look."""
    return BACK_OFF[failures - 1] if failures <= len(BACK_OFF) else None


def is_asker(user: User, asked_by_id: int | None) -> bool:
    """Whether this person asked."""
    return asked_by_id is not None and asked_by_id == user.pk
