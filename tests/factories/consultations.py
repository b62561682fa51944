from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from catalog.consultations.feedback.enums import GivenBy, WordsState
from catalog.consultations.feedback.models import Feedback
from catalog.consultations.measures.instruments import GAD7, Instrument
from catalog.consultations.measures.models import Goal, Measurement
from catalog.consultations.notes.models import SessionNote
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.families.models import Child

from .catalogue import make_service
from .partners import make_provider
from .people import make_user
from .scheduling import make_booking


def make_held_session(child: Child, booked_by: User | None = None, *, days_ago: int = 2, **fields: Any) -> Booking:
    """A session that took place some days ago; a service of its own unless named."""
    fields.setdefault("service", make_service())
    fields.setdefault("status", BookingStatus.FULFILLED)
    starts_at = timezone.now() - timedelta(days=days_ago)
    return make_booking(child=child, booked_by=booked_by, starts_at=starts_at, **fields)


def make_feedback(booking: Booking, person: User | None = None, *, words: str = "", **fields: Any) -> Feedback:
    """What somebody (whoever booked, unless named) said about a session: four stars, waiting words; past the services."""
    values = {
        "rating": 4,
        "words": words,
        "given_by": GivenBy.GUARDIAN,
        "words_state": WordsState.WAITING if words else WordsState.NONE,
    }
    return Feedback.objects.create(
        booking=booking, product=booking.service.product, person=person or booking.booked_by, **values | fields
    )


def make_published(booking: Booking, person: User | None = None, *, words: str, **fields: Any) -> Feedback:
    """Words everybody may read."""
    shown = {"words_state": WordsState.PUBLISHED, "shown_words": words, "decided_at": timezone.now()}
    return make_feedback(booking, person, words=words, **shown | fields)


def make_goal(child: Child, text: str = "能在班上发一次言", **fields: Any) -> Goal:
    """Something a young person works towards."""
    return Goal.objects.create(child=child, text=text, **fields)


def make_measurement(
    child: Child,
    items: Mapping[str, int] | None = None,
    *,
    instrument: Instrument = GAD7,
    answered_at: datetime | None = None,
    **fields: Any,
) -> Measurement:
    """An answered instrument, by default GAD-7 with one point everywhere; past the services."""
    chosen = {item.key: 1 for item in instrument.items} | dict(items or {})
    return Measurement.objects.create(
        child=child,
        instrument=instrument.key,
        answers={"items": chosen, "score": instrument.score(chosen)},
        answered_at=answered_at or timezone.now(),
        **fields,
    )


def make_course_of(child: Child, scores: Sequence[int]) -> list[Measurement]:
    """GAD-7 answered week after week with these sums, the last one today."""
    begin = timezone.now() - timedelta(weeks=len(scores) - 1)
    return [
        make_measurement(child, _spread(score), answered_at=begin + timedelta(weeks=week))
        for week, score in enumerate(scores)
    ]


def _spread(score: int) -> dict[str, int]:
    """Answers that sum to a score: as many threes as go, and the rest."""
    full, rest = divmod(score, 3)
    points = [3] * full + ([rest] if rest else [])
    return {item.key: points[number] if number < len(points) else 0 for number, item in enumerate(GAD7.items)}


def make_carer(**fields: Any) -> tuple[User, Any]:
    """A provider with an account, and a service they give."""
    user = make_user(role=Role.PRACTITIONER, **fields)
    return user, make_service(make_provider(user=user))


def make_note(
    booking: Booking, body: str = "今天谈了和同桌的事。", *, signed: bool = False, **fields: Any
) -> SessionNote:
    """A provider's note of a session; past the services."""
    provider = booking.occupancy.provider
    if signed:
        fields.setdefault("signed_at", timezone.now())
    return SessionNote.objects.create(
        booking=booking,
        child=booking.child,
        provider=provider,
        held_at=booking.starts_at,
        body=body,
        revision=1,
        **fields,
    )
