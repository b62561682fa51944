"""Row locks of feedback."""

from uuid import UUID

from .models import Feedback


def locked_feedback(public_id: UUID) -> Feedback:
    """Return one person's feedback, locked and read after the lock. Raises Feedback.DoesNotExist."""
    return Feedback.objects.select_for_update(of=("self",)).select_related("person").get(public_id=public_id)
