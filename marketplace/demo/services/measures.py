"""What demo young people answered before sessions, and the notes of their provider.

Answers are written past the service, which asks only for a session that is still to come; these took place long ago.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from catalog.consultations.measures.instruments import FACES, GAD7, GOAL, Instrument
from catalog.consultations.measures.models import Goal, Measurement
from catalog.consultations.notes.models import SessionNote
from catalog.consultations.notes.services import add_to_note, save_draft, sign_note
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.consent.enums import DataItem, GranteeKind, Purpose
from marketplace.consent.models import Consent
from marketplace.consent.services import grant_consent
from marketplace.families.models import Child

from ..keys import stable_id

_TEEN, _CHILD = "xiao-he", "an-an"
_GOAL = "（示例）课间能和同桌说几句话"
#: Session by session: the answers to GAD-7's seven questions, and how near the goal was.
_WORRY = ((2, 2, 2, 2, 1, 2, 2), (2, 2, 2, 1, 1, 1, 1), (1, 1, 2, 1, 1, 1, 1))
_NEAR = (2, 4, 6)
_FACES = ((1, 1, 2, 2), (2, 2, 2, 3))
_NOTES = (
    "（示例）第一次见面。说了转班以后的课间：不知道找谁说话，常常一个人在座位上。约好先观察一周，记下哪几次其实开了口。",
    "（示例）带来了三次记录，自己也有点意外。练习了一句开场的话。睡前担心第二天的小组作业，教了慢呼吸，回去试。",
)
_DRAFT = "（示例）这一周主动说了四次话。下次一起看看：哪一次最不紧张，为什么。"
_ADDENDUM = "（示例）家长来电问进展。按约定只说了下次见面的时间，谈的内容请他们问孩子本人。"
_MONTHS = timedelta(days=180)


def make_measures() -> bool:
    """Let the demo's young people have answered, and their provider have written; each once."""
    teen, child = _profile(_TEEN), _profile(_CHILD)
    if Measurement.objects.filter(child__in=(teen, child)).exists():
        return False
    held = _held(teen)
    if not held:
        return False
    _answer_as_teen(teen, held)
    for booking, points in zip(_held(child), _FACES, strict=False):
        _measure(booking, FACES, points)
    _show_clinic(teen, held[-1])
    _write_notes(held)
    return True


def _profile(key: str) -> Child:
    return Child.objects.select_related("account").get(public_id=stable_id("child", key))


def _held(child: Child) -> list[Booking]:
    """The sessions that took place, the first one first."""
    found = Booking.objects.filter(child=child, status=BookingStatus.FULFILLED)
    related = found.select_related("child", "occupancy__provider__user", "occupancy__provider__partner")
    return list(related.order_by("starts_at"))


@transaction.atomic
def _answer_as_teen(teen: Child, held: Sequence[Booking]) -> None:
    goal = Goal.objects.create(child=teen, text=_GOAL, set_at=_before(held[0]))
    for booking, worry, near in zip(held, _WORRY, _NEAR, strict=False):
        _measure(booking, GAD7, worry)
        _measure(booking, GOAL, [near], goal=goal)


def _measure(booking: Booking, instrument: Instrument, points: Sequence[int], **fields: Goal) -> None:
    items = {item.key: each for item, each in zip(instrument.items, points, strict=True)}
    Measurement.objects.create(
        child=booking.child,
        booking=booking,
        instrument=instrument.key,
        answers={"items": items, "score": instrument.score(items)},
        answered_at=_before(booking),
        **fields,
    )


def _before(booking: Booking) -> datetime:
    return booking.starts_at - timedelta(hours=2)


def _show_clinic(teen: Child, booking: Booking) -> None:
    """The teen lets the clinic see the scores, so that the demo's provider finds a chart."""
    clinic = booking.occupancy.provider.partner
    known = Consent.objects.filter(child=teen, grantee_id=clinic.public_id, items__contains=[DataItem.SCORE])
    if teen.account is None or known.exists():
        return
    grant_consent(
        child=teen,
        grantee_kind=GranteeKind.ORGANISATION,
        grantee_id=clinic.public_id,
        grantee_label=clinic.name,
        items=[DataItem.SCORE],
        purpose=Purpose.CARE,
        until=timezone.now() + _MONTHS,
        given_by=teen.account,
    )


def _write_notes(held: Sequence[Booking]) -> None:
    """Two signed notes, one of them added to, and a draft."""
    carer = held[0].occupancy.provider.user
    if carer is None or SessionNote.objects.exists():
        return
    own = [booking for booking in held if booking.occupancy.provider.user_id == carer.pk]
    for booking, text in zip(own[:-1], _NOTES, strict=False):
        after = booking.ends_at + timedelta(minutes=20)
        note = sign_note(booking_id=booking.pk, text=text, revision=0, signed_by=carer, now=after)
        if booking is own[0]:
            add_to_note(note_id=note.pk, text=_ADDENDUM, added_by=carer, now=after + timedelta(days=2))
    save_draft(
        booking_id=own[-1].pk,
        text=_DRAFT,
        revision=0,
        written_by=carer,
        now=own[-1].ends_at + timedelta(minutes=15),
    )
