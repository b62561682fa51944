"""Saying something about a booking, and having read it. Notices name neither the booking nor a word of it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.partner.team.rules import Power
from catalog.partner.team.selectors import people_with
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import QUIET, Answer
from marketplace.safeguarding.gate.services import screen

from . import locks, rules
from .errors import NothingSaid, NotYourTalk, TalkOver, TooManyMessages
from .models import WORDS_LENGTH, BookingMessage


@transaction.atomic
def say_as_family(
    *, booking_id: int, person: User, words: str, now: datetime | None = None
) -> tuple[BookingMessage, Answer]:
    """Write to the organisation, and return besides what the gate has to say to the writer: numbers to call, a kind word.

    Raises NotYourTalk, TalkOver, NothingSaid, TooManyMessages. Words that sound like danger reach the organisation as they
    are, and our people on safety duty hear of them.
    """
    now = now or timezone.now()
    booking = locks.lock_booking(booking_id)
    if not rules.is_familys(person, booking):
        raise NotYourTalk
    message = _keep(booking, person, words, author=person, is_from_family=True, now=now)
    answer = QUIET
    if message.words:
        answer = screen(
            text=words, source=Source.MESSAGE, ref=str(message.public_id), author=person, child=booking.child
        )
    _tell_organisation(message)
    return message, answer


@transaction.atomic
def say_as_organisation(
    *, booking_id: int, person: User, author: User, words: str, now: datetime | None = None
) -> BookingMessage:
    """Write to one person of the family: `person`, who booked or whom it is for.

    Raises NotYourTalk, TalkOver, NothingSaid, TooManyMessages.
    """
    now = now or timezone.now()
    booking = locks.lock_booking(booking_id)
    if not rules.may_answer(author, booking) or not rules.is_familys(person, booking):
        raise NotYourTalk
    message = _keep(booking, person, words, author=author, is_from_family=False, now=now)
    _tell_family(message)
    return message


@transaction.atomic
def mark_read(*, booking: Booking, person: User, by_family: bool, now: datetime | None = None) -> int:
    """Note that the other side's messages of a talk were read; return how many were new."""
    unread = BookingMessage.objects.filter(
        booking=booking, person=person, is_from_family=not by_family, read_at=None, sent_at__lte=now or timezone.now()
    )
    return unread.update(read_at=now or timezone.now())


def _keep(
    booking: Booking, person: User, words: str, *, author: User, is_from_family: bool, now: datetime
) -> BookingMessage:
    words = without_identity_numbers(words.strip())[:WORDS_LENGTH]
    if not words:
        raise NothingSaid
    if not rules.is_open(booking, now):
        raise TalkOver
    lately = BookingMessage.objects.filter(
        booking=booking, person=person, is_from_family=is_from_family, sent_at__gt=now - timedelta(hours=1)
    )
    if lately.count() >= rules.MOST_IN_AN_HOUR:
        raise TooManyMessages
    return BookingMessage.objects.create(
        booking=booking, person=person, author=author, words=words, is_from_family=is_from_family, sent_at=now
    )


def _is_first_unread(message: BookingMessage) -> bool:
    """Whether the other side was not told of this talk already: one notice for whatever waits unread."""
    earlier = BookingMessage.objects.filter(
        booking_id=message.booking_id,
        person_id=message.person_id,
        is_from_family=message.is_from_family,
        read_at=None,
    )
    return not earlier.exclude(pk=message.pk).exists()


def _tell_organisation(message: BookingMessage) -> None:
    if not _is_first_unread(message):
        return
    provider = message.booking.occupancy.provider
    people = {person.pk: person for person in people_with(provider.partner, Power.CARE)}
    if provider.user is not None:
        people[provider.user.pk] = provider.user
    for person in people.values():
        _tell(message, person, reverse("clinics:talks"))


def _tell_family(message: BookingMessage) -> None:
    if _is_first_unread(message):
        _tell(message, message.person, reverse("talk:talk", args=[message.booking.public_id]))


def _tell(message: BookingMessage, recipient: User, url: str) -> None:
    notify(
        key=f"talk:{message.public_id}:{recipient.pk}",
        recipient=recipient,
        subject=_("有一条新消息"),
        body=_("打开心桥，可以看到并回复。"),
        url=url,
        channels=[Channel.IN_APP],
    )
