"""Who may see and change a child's profile."""

from typing import Any

from .models import Child


def may_see_child(user: Any, child: Child) -> bool:
    """Return whether this person is a guardian of the child."""
    return bool(user.is_authenticated and user.is_active and child.guardianships.filter(guardian_id=user.pk).exists())


def may_edit_child(user: Any, child: Child) -> bool:
    """Return whether this person may change the profile: a guardian, as long as it is not archived."""
    return child.archived_at is None and may_see_child(user, child)
