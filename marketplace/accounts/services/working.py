"""Accounts of people who come here to work."""

from django.db import IntegrityError, transaction

from ..enums import Role
from ..errors import PhoneTaken
from ..models import User

WORKING_ROLES = frozenset({Role.PARTNER_STAFF, Role.PRACTITIONER})


def open_working_account(*, phone: str, nickname: str, password: str | None, role: Role) -> User:
    """Open an account for somebody who works at an organisation; they prove the number when they first sign in.

    Joins the caller's transaction. Raises PhoneTaken; ValueError for a role nobody works in.
    """
    if role not in WORKING_ROLES:
        raise ValueError(f"{role} is no role of people who work here")
    try:
        with transaction.atomic():
            return User.objects.create_user(phone=phone, nickname=nickname, password=password, role=role)
    except IntegrityError as error:
        raise PhoneTaken from error


def begin_to_work(*, user: User) -> None:
    """Make an account that was opened a moment ago one of somebody who works at an organisation."""
    user.role = Role.PARTNER_STAFF
    user.save(update_fields=["role"])
