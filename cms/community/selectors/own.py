"""What somebody wrote: known to them, and found from nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from marketplace.accounts.models import User
from marketplace.core.encryption.keys import prefetch_keys

from ..enums import WritingState
from ..models import Alias, Drawer, Post, Reply
from ..names import member_key


def is_own(user: User | None, writing: Post | Reply) -> bool:
    """Whether somebody wrote this: their key in its thread is the one it was written under."""
    if user is None:
        return False
    if isinstance(writing, Reply):
        return writing.alias.member_key == member_key(user, writing.thread)
    return writing.aliases.filter(is_author=True, member_key=member_key(user, writing)).exists()


def own_alias(user: User | None, thread: Post) -> Alias | None:
    """Return the name somebody has in a thread, if any."""
    if user is None:
        return None
    return Alias.objects.filter(thread=thread, member_key=member_key(user, thread)).first()


def seen_of(user: User) -> dict[UUID, int]:
    """Return alias -> number of replies seen, for all names somebody has. Opens their own list."""
    drawer = Drawer.objects.filter(member=user).first()
    return {UUID(key): seen for key, seen in ((drawer and drawer.aliases) or {}).items()}


def own_aliases(user: User) -> "Sequence[Alias]":
    """Return the names somebody has, with thread and replies, whatever became of them; the latest first.

    A name whose link has ended is nobody's any more and is left out.
    """
    replies = Reply.objects.exclude(state=WritingState.ERASED).order_by("-written_at", "-pk")
    found = list(
        Alias.objects.filter(public_id__in=seen_of(user).keys())
        .select_related("thread__topic")
        .prefetch_related(Prefetch("replies", queryset=replies.select_related("alias", "thread")))
        .order_by("-last_on", "-pk")
    )
    mine = [alias for alias in found if alias.member_key == member_key(user, alias.thread)]
    prefetch_keys([each for alias in mine for each in (alias.thread, *alias.replies.all())])
    return mine


@dataclass(frozen=True)
class OwnThread:
    """One thread of somebody: their name there, their own words, and how many replies are new to them."""

    alias: Alias
    thread: Post
    replies: list[Reply]
    fresh: int

    @property
    def is_author(self) -> bool:
        """Whether they began it."""
        return self.alias.is_author


def own_threads(user: User) -> list[OwnThread]:
    """Return everything of somebody's that is still there, the latest first; six queries however much it is."""
    seen = seen_of(user)
    return [
        OwnThread(
            alias=alias,
            thread=alias.thread,
            replies=list(alias.replies.all()),
            fresh=max(0, alias.thread.replies_shown - seen.get(alias.public_id, 0)),
        )
        for alias in own_aliases(user)
        if alias.replies.all() or alias.is_author and alias.thread.state != WritingState.ERASED
    ]
