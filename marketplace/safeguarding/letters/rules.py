"""Who may write letters, and who may read and answer them."""

from datetime import datetime

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.core.age_bands import AgeBand, band_of
from marketplace.families.age_rules import may_write_letters
from marketplace.families.models import Child

from . import offices
from .enums import WriterKind
from .models import LetterThread


def may_write(user: User, child: Child | None) -> bool:
    """Return whether somebody may write letters: a parent, or a young person whom the age table lets write alone.

    Below 14 a young person has an account only by a guardian's consent (PIPL 31), which this stands on; below 8 a
    guardian writes.
    """
    if not user.is_active:
        return False
    if user.role == Role.FAMILY:
        return True
    return user.role == Role.TEEN and child is not None and may_write_letters(child.rules)


def writer_kind(user: User, child: Child | None) -> WriterKind:
    """Return as what somebody writes."""
    is_young = child is not None and not child.rules.is_adult
    return WriterKind.YOUNG if is_young or user.role == Role.TEEN else WriterKind.PARENT


def band_of_writer(user: User, child: Child | None) -> AgeBand:
    """Return all that whoever answers learns of a writer's age."""
    return band_of(child.age) if child is not None and user.role == Role.TEEN else AgeBand.ADULT


def may_read_as_writer(thread: LetterThread, user: User) -> bool:
    """Return whether the letters are this person's own."""
    return thread.writer_id is not None and thread.writer_id == user.pk


def may_answer(thread: LetterThread, user: User, now: datetime) -> bool:
    """Return whether somebody answers letters of this office now."""
    return thread.office in offices.keys_answered_by(user, now)


def may_take(thread: LetterThread, user: User, now: datetime) -> bool:
    """Return whether a thread can go into somebody's hands: nobody has it, they have it, or who has it is not here now."""
    if thread.handler_id in (None, user.pk):
        return True
    return thread.handler is not None and not may_answer(thread, thread.handler, now)
