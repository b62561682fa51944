"""Giving somebody their name in a thread. Joins the caller's transaction."""

from marketplace.accounts.models import User

from .. import names
from ..models import Alias, Post
from . import drawers

#: A name that is taken is drawn again; in a thread of hundreds a second draw is enough nearly always.
_TRIES = 50


def alias_in(*, thread: Post, user: User, is_author: bool = False) -> Alias:
    """Return the name somebody has in a thread, drawn when they have none.

    The caller holds the thread's lock; without it the database still lets only one of two names be.
    """
    key = names.member_key(user, thread)
    for _ in range(_TRIES):
        found = Alias.objects.filter(thread=thread, member_key=key).first()
        if found:
            return found
        drawn = names.draw_alias(user, thread, is_author=is_author)
        Alias.objects.bulk_create([drawn], ignore_conflicts=True)
        kept = Alias.objects.filter(public_id=drawn.public_id).first()
        if kept:
            drawers.put_in(member=user, alias=kept)
            return kept
    raise AssertionError("no free name in a thread")
