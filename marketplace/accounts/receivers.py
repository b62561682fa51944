"""What happens when allauth reports a step."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from django.dispatch import receiver

from . import services


@receiver(authentication_step_completed, dispatch_uid="accounts.first_proof_of_phone")
def first_proof_of_phone(*, user: Any, method: str, phone: str | None = None, **kwargs: Any) -> None:
    """A number was proven by sign-in code before it was ever proven at sign-up; sent just before it is marked so."""
    if method == "code" and phone and user.phone == phone and user.phone_verified_at is None:
        services.forget_unproven_credentials(user=user)
