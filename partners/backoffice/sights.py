"""What support may see of an order's question: asked of consent's door, and written down for whoever asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from catalog.consultations.feedback.models import Feedback
from catalog.order.models import Line, OrderQuestion
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.consent.decisions import Decision
from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.consent.services import look
from marketplace.core.audit.services import AccessNote, record_accesses
from marketplace.core.labels import kept_label
from marketplace.families.models import Child

LINE_ITEMS = (DataItem.BOOKING, DataItem.BOOKING_DETAIL, DataItem.BILL)


@dataclass(frozen=True)
class LineSight:
    """An order's line and what of it may be seen; lines that concern no child are open to who answers the question."""

    line: Line
    when: Decision
    what: Decision
    price: Decision


_OPEN = Decision(True, Reason.DUTY)


def look_at_lines(viewer: User, lines: Iterable[Line]) -> list[LineSight]:
    """Return the lines with what may be seen of them, and write the looks down; loads `booking` and its child with them."""
    lines = list(lines)
    records: dict[Child, list[UUID]] = {}
    for line in lines:
        if line.booking is not None:
            records.setdefault(line.booking.child, []).append(line.booking.public_id)
    seen = look(viewer=viewer, children=records.keys(), items=LINE_ITEMS, purpose=Purpose.SUPPORT, records=records)
    return [
        LineSight(line, *(seen.may_see(line.booking.child, item, line.booking.public_id) for item in LINE_ITEMS))
        if line.booking is not None
        else LineSight(line, _OPEN, _OPEN, _OPEN)
        for line in lines
    ]


def write_down_questions(viewer: User, questions: Collection[OrderQuestion]) -> None:
    """Write down that somebody on support duty read these people's questions: one INSERT a page."""
    record_accesses(
        AccessNote(
            actor=viewer,
            subject_id=question.asked_by.public_id,
            items=[DataItem.BILL],
            purpose=Purpose.SUPPORT,
            reason=Reason.DUTY,
            actor_label=kept_label("心桥", Duty.SUPPORT.label),
            records=[question.public_id],
        )
        for question in questions
    )


def write_down_reviews(viewer: User, found: Collection[Feedback], duty: Duty = Duty.REVIEW) -> None:
    """Write down that somebody on duty read what these people wrote about sessions: one INSERT a page."""
    record_accesses(
        AccessNote(
            actor=viewer,
            subject_id=feedback.person.public_id,
            items=[DataItem.BOOKING_DETAIL],
            purpose=Purpose.SAFETY if duty == Duty.SAFETY else Purpose.OVERSIGHT,
            reason=Reason.DUTY,
            actor_label=kept_label("心桥", duty.label),
            records=[feedback.public_id],
        )
        for feedback in found
    )
