"""What happens when allauth reports a step."""

import logging
from typing import Any

from allauth.account.signals import authentication_step_completed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from . import services

logger = logging.getLogger(__name__)


@receiver(authentication_step_completed, dispatch_uid="accounts.first_proof_of_phone")
def first_proof_of_phone(*, user: Any, method: str, phone: str | None = None, **kwargs: Any) -> None:
    """A number was proven by sign-in code before it was ever proven at sign-up; sent just before it is marked so."""
    if method == "code" and phone and user.phone == phone and user.phone_verified_at is None:
        services.forget_unproven_credentials(user=user)


@receiver(user_logged_in, dispatch_uid="accounts.log_sign_in")
def log_sign_in(*, user: Any, **kwargs: Any) -> None:
    """By the public id, which tells nobody outside who it is; never the address it came from."""
    logger.info("signed in: %s", user.public_id)


@receiver(user_logged_out, dispatch_uid="accounts.log_sign_out")
def log_sign_out(*, user: Any, **kwargs: Any) -> None:
    """A session ended on request; nobody may have been signed in."""
    if user is not None:
        logger.info("signed out: %s", user.public_id)


@receiver(user_login_failed, dispatch_uid="accounts.log_refused_sign_in")
def log_refused_sign_in(**kwargs: Any) -> None:
    """That a password was wrong, not whose: what was typed may be anybody's number, or a password in the wrong field."""
    logger.warning("sign-in refused")
