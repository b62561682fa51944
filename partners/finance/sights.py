"""What people on finance duty read of families is written down."""

from uuid import UUID

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label


def write_down_bill(viewer: User, *, person: User, record: UUID) -> None:
    """Write down that somebody on finance duty read what a record says of this person's bill."""
    record_access(
        actor=viewer,
        subject_id=person.public_id,
        items=[DataItem.BILL],
        purpose=Purpose.SUPPORT,
        reason=Reason.DUTY,
        actor_label=kept_label("心桥", Duty.FINANCE.label),
        records=[record],
    )
