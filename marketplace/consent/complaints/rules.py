"""Who may do what with a complaint."""

from marketplace.accounts.models import User

from .enums import ComplaintStatus
from .models import Complaint


def may_read_second(complaint: Complaint, user: User) -> bool:
    """Return whether somebody may look at an answered complaint a second time: whoever answered it may not."""
    return complaint.answered_by_id != user.pk


def may_take(complaint: Complaint, user: User) -> bool:
    """Return whether somebody may take a complaint from the queue."""
    if not complaint.is_open or complaint.handler_id:
        return False
    return complaint.status != ComplaintStatus.SECOND_READING or may_read_second(complaint, user)


def may_handle(complaint: Complaint, user: User) -> bool:
    """Return whether a complaint is open and in this person's hands."""
    return complaint.is_open and complaint.handler_id == user.pk
