"""Who is what: the base of permissions."""

from typing import Any

from .enums import Role


def has_role(user: Any, *roles: Role) -> bool:
    """Return whether a signed-in, active person has one of the roles."""
    return bool(user.is_authenticated and user.is_active and user.role in roles)


def is_family(user: Any) -> bool:
    """Return whether this is a parent or a young person."""
    return has_role(user, Role.FAMILY, Role.TEEN)


def is_teen(user: Any) -> bool:
    """Return whether this is a young person with an account of their own."""
    return has_role(user, Role.TEEN)


def is_practitioner(user: Any) -> bool:
    """Return whether this person gives care."""
    return has_role(user, Role.PRACTITIONER)


def is_partner_staff(user: Any) -> bool:
    """Return whether this person works for a partner organisation."""
    return has_role(user, Role.PARTNER_STAFF)


def is_our_staff(user: Any) -> bool:
    """Return whether this person works for the platform."""
    return has_role(user, Role.STAFF)
