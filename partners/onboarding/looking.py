"""What our reviewers opened of an applicant's papers is written down."""

from uuid import UUID

from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label
from marketplace.core.uploads.models import StoredFile

from .models import Application

#: The purpose in the record of looks.
PURPOSE = "onboarding"


def note_opened(person: User, file: StoredFile) -> None:
    """Write down that one of our reviewers opened a paper; whoever handed it in looks at their own."""
    if person.role == Role.STAFF:
        _record(person, file.owner_subject, file.public_id)


def note_read(person: User, application: Application) -> None:
    """Write down that one of our reviewers read an application."""
    _record(person, application.public_id, application.public_id)


def _record(person: User, subject_id: UUID, record: UUID) -> None:
    record_access(
        actor=person,
        subject_id=subject_id,
        items=[],
        purpose=PURPOSE,
        reason="duty",
        actor_label=kept_label("心桥", Duty.REVIEW.label),
        records=[record],
    )
