"""Writes of teams, one function per use case."""

from .inviting import NewInvitation, accept, find_invitation, invite, withdraw
from .members import change_role, leave, remove

__all__ = ["NewInvitation", "accept", "change_role", "find_invitation", "invite", "leave", "remove", "withdraw"]
