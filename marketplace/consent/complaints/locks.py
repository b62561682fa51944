"""Row locks of complaints."""

from uuid import UUID

from .models import Complaint


def locked_complaint(public_id: UUID) -> Complaint:
    """Return a complaint, locked and read after the lock."""
    return Complaint.objects.select_for_update(of=("self",)).get(public_id=public_id)
