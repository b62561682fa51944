"""What the apps below consent hold about people; they may not name consent, so consent speaks for them."""

from ..registry import register
from . import accounts, audit, consents, council, families, notifications, requests, sessions


def register_ground() -> None:
    """Register them from the bottom up; an erasure goes through them the other way round, the account last."""
    for data in (
        accounts.DATA,
        sessions.DATA,
        notifications.DATA,
        families.DATA,
        audit.DATA,
        consents.DATA,
        council.DATA,
        requests.DATA,
    ):
        register(data)
