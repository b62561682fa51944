"""Saying something about a session, and taking one's words back.

The thank-you follows from having said something at all: `reward_feedback` is called with the person and the booking, and
has no way to learn of stars or words.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.scheduling.models import Booking
from catalog.vouchers.services import reward_feedback
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.core.search.words import asks_for_help_now
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.services import screen
from marketplace.safeguarding.services import alert_duty

from ...ports import page_of_urgent_words
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

    Words that sound like danger are put before our people on safety duty.
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
    _screen(feedback)
    if feedback.sounds_urgent:
        _alert_duty(feedback, now)
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


def _screen(feedback: Feedback) -> None:
    """The gate reads the words, too; nobody else reads them before one of our people did."""
    if (
        feedback.words
        and screen(text=feedback.words, source=Source.REVIEW, ref=str(feedback.public_id), author=feedback.person).card
    ):
        feedback.sounds_urgent = True
        feedback.save(update_fields=["sounds_urgent"])


def _alert_duty(feedback: Feedback, now: datetime) -> None:
    """Somebody on safety duty reads words of danger now, and not when reviews are read. Whoever wrote them sees help at once."""
    alert_duty(
        key=f"words:{feedback.public_id}",
        body=_("有一段刚写下的话，请安全值守的同事现在看一下。打开心桥就能看到。"),
        url=page_of_urgent_words(feedback.public_id),
        now=now,
    )


def _thank(person: User, booking: Booking, now: datetime) -> None:
    """Who gets nothing (young people, whoever was thanked often this year) is not told of it."""
    try:
        reward_feedback(person=person, booking=booking, now=now)
    except Refusal:
        return
