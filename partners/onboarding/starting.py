"""Where somebody starts whose organisation is not let in yet."""

from django.urls import reverse

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User


def page_of_applicant(user: User) -> str | None:
    """Return the page of one's applications for who works nowhere yet, else None."""
    if user.role != Role.PARTNER_STAFF or user.memberships.exists():
        return None
    return reverse("onboarding:home")
