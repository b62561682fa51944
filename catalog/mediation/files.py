"""Pictures and papers of a dispute: both sides open them, and our staff on duty."""

from marketplace.accounts.duty.selectors import duties_now
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.core.audit.services import record_access
from marketplace.core.uploads.models import StoredFile
from marketplace.core.uploads.readers import register_reader

from .enums import Side
from .models import Evidence
from .rules import side_of

#: How uploads name what belongs to a dispute.
EVIDENCE = "dispute_evidence"


def _evidence_of(file: StoredFile) -> Evidence | None:
    found = Evidence.objects.select_related("case__line__order", "case__line__partner", "case__opened_by")
    return found.filter(file=file).first()


def may_read(person: User, file: StoredFile) -> bool:
    """Whether somebody may open a file of a dispute now."""
    given = _evidence_of(file)
    if given is None:
        return False
    return side_of(person, given.case) is not None or bool(duties_now(person) & {Duty.SUPPORT, Duty.FINANCE})


def note_opened(person: User, file: StoredFile) -> None:
    """Write down that somebody outside the family looked."""
    given = _evidence_of(file)
    if given is None or side_of(person, given.case) == Side.FAMILY:
        return
    is_partners = side_of(person, given.case) == Side.PARTNER
    record_access(
        actor=person,
        subject_id=given.case.opened_by.public_id,
        items=[DataItem.BILL],
        purpose=Purpose.CARE if is_partners else Purpose.SUPPORT,
        reason=Reason.SERVICE if is_partners else Reason.DUTY,
        records=[given.case.public_id],
    )


def register_readers() -> None:
    """Let uploads ask here."""
    register_reader(EVIDENCE, may_read, opened=note_opened)
