"""What families do: one function per use case, keywords only. Nothing here ever merges two profiles."""

from .accepting import Acceptance, accept_invitation
from .accounts import ask_before_account, forget_unanswered_asks, sign_up_invited, sign_up_teen
from .birthdays import tell_coming_birthdays
from .children import MOST_CHILDREN, add_child, archive_child, update_child
from .guardians import answer_ending_request, ask_to_end_guardianship, end_guardianship
from .invitations import (
    NewInvitation,
    ask_guardian,
    find_invitation,
    invite_guardian,
    invite_teen,
    revoke_invitation,
)
from .recovery import issue_recovery_codes, recover_teen_account, reset_teen_password_by_guardian
from .screen_time import note_presence, set_guardian_limits

__all__ = [
    "MOST_CHILDREN",
    "Acceptance",
    "NewInvitation",
    "accept_invitation",
    "add_child",
    "answer_ending_request",
    "archive_child",
    "ask_before_account",
    "ask_guardian",
    "ask_to_end_guardianship",
    "end_guardianship",
    "find_invitation",
    "forget_unanswered_asks",
    "invite_guardian",
    "invite_teen",
    "issue_recovery_codes",
    "note_presence",
    "recover_teen_account",
    "reset_teen_password_by_guardian",
    "revoke_invitation",
    "set_guardian_limits",
    "sign_up_invited",
    "sign_up_teen",
    "tell_coming_birthdays",
    "update_child",
]
