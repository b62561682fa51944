"""Taking one's own words back, and that again for half an hour; after that nothing of them is left."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.encryption.services import destroy_data_key

from .. import locks
from ..enums import WaitingFor, WritingState
from ..errors import CannotChange, Gone, NotYours, TooLateToUndo
from ..models import Post, Reply
from ..moderation.enums import Cause
from ..moderation.services.receiving import drop_case, forget, open_case
from ..names import member_key
from ..selectors.own import is_own
from .drawers import take_out
from .showing import count_replies, thread_of

UNDO = timedelta(minutes=30)
#: What was begun and never sent is gone after a day.
DRAFTS = timedelta(days=1)
_MAY_GO = (WritingState.WAITING, WritingState.SHOWN, WritingState.RETURNED, WritingState.KEPT_BACK)


@transaction.atomic(durable=True)
def withdraw(*, user: User, writing: Post | Reply) -> Post | Reply:
    """Take one's own post or reply back at once. A draft goes for good. Raises Gone, NotYours, CannotChange."""
    found = _own(user, writing)
    if found.state == WritingState.DRAFT:
        _delete_draft(found, user)
        return found
    if found.state not in _MAY_GO:
        raise CannotChange
    if isinstance(found, Reply):
        count_replies(found.thread, -found.is_shown)
    drop_case(writing=found)
    found.withdrawn_from, found.state, found.withdrawn_at = found.state, WritingState.WITHDRAWN, timezone.now()
    found.save(update_fields=["withdrawn_from", "state", "withdrawn_at"])
    return found


@transaction.atomic(durable=True)
def undo_withdrawal(*, user: User, writing: Post | Reply, now: datetime | None = None) -> Post | Reply:
    """Put back what was taken back within the last half hour. Raises Gone, NotYours, TooLateToUndo."""
    found = _own(user, writing)
    if found.state != WritingState.WITHDRAWN or not found.withdrawn_at:
        raise TooLateToUndo
    if (now or timezone.now()) - found.withdrawn_at > UNDO:
        raise TooLateToUndo
    found.state, found.withdrawn_at, found.withdrawn_from = found.withdrawn_from, None, ""
    found.save(update_fields=["withdrawn_from", "state", "withdrawn_at"])
    if isinstance(found, Reply):
        count_replies(found.thread, +found.is_shown)
    if found.state == WritingState.WAITING:
        cause = Cause.GATE if found.waiting_for == WaitingFor.SAFETY else Cause.NEW
        open_case(writing=found, cause=cause)
    return found


def erase_withdrawn(*, now: datetime | None = None) -> int:
    """Erase what was taken back and what was never sent, each in a transaction of its own; return how many."""
    now = now or timezone.now()
    gone = [
        each
        for model in (Post, Reply)
        for each in model.objects.filter(state=WritingState.WITHDRAWN, withdrawn_at__lt=now - UNDO)
    ]
    drafts = list(Post.objects.filter(state=WritingState.DRAFT, written_at__lt=now - DRAFTS))
    for each in gone:
        with transaction.atomic():
            erase_words(each)
    for draft in drafts:
        with transaction.atomic():
            _destroy_keys(draft)
            draft.delete()
    return len(gone) + len(drafts)


def erase_words(writing: Post | Reply) -> None:
    """Leave an empty place where something stood: its words and its picture are gone. Joins the transaction."""
    if writing.is_shown and isinstance(writing, Reply):
        count_replies(writing.thread, -1)
    writing.attachments.all().delete()
    forget(writing)
    writing.text, writing.state, writing.withdrawn_at = "", WritingState.ERASED, None
    writing.save(update_fields=["text", "state", "withdrawn_at"])
    if isinstance(writing, Post):
        destroy_data_key(subject_id=writing.public_id, reason="withdrawn", destroyed_by=None)


def _own(user: User, writing: Post | Reply) -> Post | Reply:
    found: Post | Reply | None = locks.thread(thread_of(writing).public_id).first()
    if found and isinstance(writing, Reply):
        found = locks.reply(writing.public_id).first()
    if found is None:
        raise Gone
    if not is_own(user, found):
        raise NotYours
    return found


def _delete_draft(draft: Post | Reply, user: User) -> None:
    assert isinstance(draft, Post)
    mine = draft.aliases.filter(member_key=member_key(user, draft))
    take_out(member=user, alias_ids=set(mine.values_list("public_id", flat=True)))
    _destroy_keys(draft)
    draft.delete()


def _destroy_keys(draft: Post) -> None:
    names = draft.aliases.values_list("public_id", "link_id")
    for subject in (draft.public_id, *(each for name in names for each in name)):
        destroy_data_key(subject_id=subject, reason="draft", destroyed_by=None)
