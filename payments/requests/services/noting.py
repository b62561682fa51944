"""Writing down that a guardian looked at what a young person paid alone."""

from collections.abc import Iterable

from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, GivenAs, Purpose, Reason
from marketplace.core.audit.services import AccessNote, record_accesses
from marketplace.core.labels import kept_label
from payments.requests.selectors import PaidAlone


def note_paid_alone_seen(*, rows: Iterable[PaidAlone], viewer: User) -> None:
    """Write one note for each young person whose payments were shown."""
    children = {row.child.pk: row.child for row in rows}
    if not children:
        return
    record_accesses(
        AccessNote(
            actor=viewer,
            subject_id=child.public_id,
            items=[DataItem.BILL.value],
            purpose=Purpose.GUARDIANSHIP,
            is_allowed=True,
            reason=Reason.AGE_RULE,
            actor_label=kept_label(GivenAs.GUARDIAN.label),
            records=[],
        )
        for child in children.values()
    )
