"""Writing down that somebody looked at bills for a young person that others of the family paid."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from catalog.scheduling.selectors import FamilySight
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services.looking import actor_label
from marketplace.core.audit.services import AccessNote, record_accesses
from marketplace.families.models import Child

from ..models import Line


def note_bills_seen(lines: Iterable[Line], sight: FamilySight) -> None:
    """Write one note for each young person; one's own bills need none."""
    seen: dict[Child, list[UUID]] = defaultdict(list)
    for line in lines:
        if line.child is not None and line.child.account_id != sight.viewer.pk:
            seen[line.child] += [line.booking.public_id] if line.booking else []
    if seen:
        record_accesses(_note(child, records, sight) for child, records in seen.items())


def _note(child: Child, records: list[UUID], sight: FamilySight) -> AccessNote:
    reason = sight.seen.may_see(child, DataItem.BILL).reason
    return AccessNote(
        actor=sight.viewer,
        subject_id=child.public_id,
        items=[DataItem.BILL.value],
        purpose=Purpose.GUARDIANSHIP,
        is_allowed=True,
        reason=reason,
        actor_label=actor_label(sight.seen, reason),
        records=records,
    )
