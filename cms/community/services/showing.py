"""What readers see and what not: shown, held again, kept back, given back to its writer. Joins the caller's transaction.

The moderation desk decides and calls these; the state is all that changes here.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from .. import locks
from ..draws import random_place
from ..enums import WaitingFor, WritingState
from ..errors import Gone
from ..models import Post, Reply
from ..slots import HOURS, slot_of

_TRIES = 20
_NOBODY_ELSES = (WritingState.DRAFT, WritingState.WITHDRAWN, WritingState.ERASED)


def locked(writing: Post | Reply) -> Post | Reply:
    """Lock a writing, a reply's thread first, and return it as it is now.

    Raises Gone for what its writer took back or never sent: nobody else moves that.
    """
    found: Post | Reply = locks.thread(thread_of(writing).public_id).get()
    if isinstance(writing, Reply):
        found = locks.reply(writing.public_id).get()
    if found.state in _NOBODY_ELSES:
        raise Gone
    return found


def thread_of(writing: Post | Reply) -> Post:
    """Return the thread something stands in; a post is its own."""
    return writing.thread if isinstance(writing, Reply) else writing


@transaction.atomic
def show(*, writing: Post | Reply, is_covered: bool = False, now: datetime | None = None) -> Post | Reply:
    """Let readers see it, with the part of the day of this moment; from now on nothing finer is kept.

    `is_covered`: behind a sentence that says what to expect. What was shown before keeps its place.
    """
    found = locked(writing)
    if found.slot is None:
        found.slot = slot_of(now or timezone.now())
    if isinstance(found, Reply) and found.position is None:
        found.position = _place(found)
    found.written_at = found.slot
    found.is_covered = is_covered
    _move(found, WritingState.SHOWN)
    return found


@transaction.atomic
def hold(*, writing: Post | Reply, waiting_for: WaitingFor) -> Post | Reply:
    """Let nobody but its writer see it until a person has looked."""
    found = locked(writing)
    found.waiting_for = waiting_for
    _move(found, WritingState.WAITING)
    return found


@transaction.atomic
def keep_back(*, writing: Post | Reply) -> Post | Reply:
    """Keep it from readers for good; its writer still has it."""
    found = locked(writing)
    _move(found, WritingState.KEPT_BACK)
    return found


@transaction.atomic
def return_to_writer(*, writing: Post | Reply) -> Post | Reply:
    """Ask its writer to change it and send it again."""
    found = locked(writing)
    _move(found, WritingState.RETURNED)
    return found


def _place(reply: Reply) -> int:
    """Draw a free place; what another reply has is drawn again, and at last counted on from."""
    assert reply.slot is not None
    quoted = (reply.quotes.position if reply.quotes else None) or 0
    taken = reply.thread.replies.filter(position__isnull=False)
    for _ in range(_TRIES):
        place = random_place(
            thread_slot=reply.thread.slot or reply.slot,
            slot=reply.slot,
            length=timedelta(hours=HOURS),
            after=quoted,
        )
        if not taken.filter(position=place).exists():
            return place
    return (taken.aggregate(last=Max("position"))["last"] or 0) + 1


def _move(found: Post | Reply, state: WritingState) -> None:
    before, found.state = found.state, state
    if state != WritingState.WAITING:
        found.waiting_for = ""
    found.save()
    if isinstance(found, Reply):
        count_replies(found.thread, (state == WritingState.SHOWN) - (before == WritingState.SHOWN))


def count_replies(thread: Post, change: int) -> None:
    """Count the shown replies of a locked thread up or down."""
    if change:
        Post.objects.filter(pk=thread.pk).update(replies_shown=F("replies_shown") + change)
