"""The row lock of onboarding: whoever holds the application alone changes it and what belongs to it."""

from uuid import UUID

from .models import Application


def locked_application(public_id: UUID) -> Application:
    """The application, locked and read after the lock."""
    return Application.objects.select_for_update(of=("self",)).get(public_id=public_id)
