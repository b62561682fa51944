"""Writes of consent."""

from .granting import answer_proposal, grant_consent, propose_consent, revoke_consent
from .looking import look
from .overriding import approve_override, open_override, review_override

__all__ = [
    "answer_proposal",
    "approve_override",
    "grant_consent",
    "look",
    "open_override",
    "propose_consent",
    "review_override",
    "revoke_consent",
]
