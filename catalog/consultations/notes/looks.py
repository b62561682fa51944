"""Looks at notes: others' through consent's door, one's own written down as what they are."""

from collections.abc import Collection

from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.consent.enums import Affiliation, DataItem, Purpose, Reason
from marketplace.consent.services import look
from marketplace.core.audit.services import AccessNote, record_accesses
from marketplace.core.labels import kept_label
from marketplace.families.models import Child

from .models import SessionNote


def notes_opened(viewer: User, child: Child, notes: Collection[SessionNote]) -> list[SessionNote]:
    """Return those of others' notes that a consent opens: all of the child's, or the one of a booking it names."""
    records = [note.booking.public_id for note in notes if note.booking is not None]
    seen = look(
        viewer=viewer,
        children=[child],
        items=[DataItem.SESSION_NOTE],
        purpose=Purpose.CARE,
        records={child: records} if records else None,
    )
    return [
        note
        for note in notes
        if seen.may_see(child, DataItem.SESSION_NOTE, note.booking.public_id if note.booking else None)
    ]


def write_down_notes(writer: User, booking: Booking, notes: Collection[SessionNote]) -> None:
    """Write down that a provider opened what they wrote themselves: the person it is about can see that."""
    partner = booking.occupancy.provider.partner
    record_accesses(
        AccessNote(
            actor=writer,
            subject_id=booking.child.public_id,
            items=[DataItem.SESSION_NOTE],
            purpose=Purpose.CARE,
            reason=Reason.SERVICE,
            actor_label=kept_label(partner.name, Affiliation.PRACTITIONER.label),
            records=[note.public_id],
        )
        for note in notes
    )
