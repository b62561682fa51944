"""Saying something about a session, and taking one's words back.

The thank-you follows from having said something at all: `reward_feedback` is called with the person and the booking, and
has no way to learn of stars or words.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.scheduling.models import Booking
from catalog.vouchers.services import reward_feedback
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.core.search.words import asks_for_help_now

from .. import locks, rules
from ..enums import Helped, WordsState
from ..errors import AlreadyGiven, NotHeld, NotYourSession, TooLate
from ..models import Feedback


@transaction.atomic(durable=True)
def give_feedback(
    *,
    booking_id: int,
    rating: int,
    given_by: User,
    helped: Collection[Helped | str] = (),
    words: str = "",
    now: datetime | None = None,
) -> Feedback:
    """Keep what somebody says about a session they attended: 1 to 5 stars, what helped, and words to be read first.

    Raises:
        NotYourSession: neither booked nor attended by them.
        NotHeld: it did not take place, or nobody marked it yet.
        TooLate: it is long ago.
        AlreadyGiven: they said something before.
    """
    now = now or timezone.now()
    booking = Booking.objects.select_related("child", "service__product").get(pk=booking_id)
    role = rules.role_of(given_by, booking)
    if role is None:
        raise NotYourSession
    if not rules.is_held(booking):
        raise NotHeld
    if not rules.is_in_time(booking, now):
        raise TooLate
    words = words.strip()
    try:
        with transaction.atomic():
            feedback = Feedback.objects.create(
                booking=booking,
                product=booking.service.product,
                person=given_by,
                given_by=role,
                rating=rating,
                helped=sorted({Helped(each).value for each in helped}),
                words=words,
                words_state=WordsState.WAITING if words else WordsState.NONE,
                sounds_urgent=asks_for_help_now(words),
                given_at=now,
            )
    except IntegrityError as error:
        raise AlreadyGiven from error
    _thank(given_by, booking, now)
    return feedback


@transaction.atomic(durable=True)
def withdraw_words(*, public_id: UUID, withdrawn_by: User) -> Feedback:
    """Take one's words back; the stars stay. Repeats do nothing. Raises NotYourSession."""
    feedback = locks.locked_feedback(public_id)
    if feedback.person_id != withdrawn_by.pk:
        raise NotYourSession
    if feedback.words_state != WordsState.NONE:
        feedback.words, feedback.shown_words, feedback.words_state = "", "", WordsState.WITHDRAWN
        feedback.save(update_fields=["words", "shown_words", "words_state"])
    return feedback


def _thank(person: User, booking: Booking, now: datetime) -> None:
    """Who gets nothing (young people, whoever was thanked often this year) is not told of it."""
    try:
        reward_feedback(person=person, booking=booking, now=now)
    except Refusal:
        return
