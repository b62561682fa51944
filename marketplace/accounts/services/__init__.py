"""What is written about people besides what allauth writes."""

from .people import accept_agreements, forget_unproven_credentials, set_nickname
from .working import begin_to_work, open_working_account

__all__ = [
    "accept_agreements",
    "begin_to_work",
    "forget_unproven_credentials",
    "open_working_account",
    "set_nickname",
]
