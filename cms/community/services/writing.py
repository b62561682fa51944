"""Writing: a draft with its name, a look at it as others will see it, and sending it past the gate."""

from base64 import b64encode
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.throttling import Attempt
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import Answer
from marketplace.safeguarding.gate.services import screen

from .. import locks
from ..enums import OWN_STATES, WaitingFor, WritingState
from ..errors import (
    CannotChange,
    EnoughForNow,
    Gone,
    MayNotWrite,
    NothingWritten,
    NotYours,
    QuotedElsewhere,
    TooLong,
    TopicClosed,
)
from ..minimising import minimised
from ..models import Alias, Attachment, Post, Reply, Topic
from ..moderation.services.receiving import cause_of, open_case
from ..names import member_key
from ..paces import WRITING
from ..pictures import redrawn
from ..postvention.selectors import is_on_hold
from ..rules import Reader, reader_of
from ..signals import writing_sent
from . import showing
from .naming import alias_in


@dataclass(frozen=True)
class Sent:
    """What was sent, as it stands now, and what the gate has to say to its writer."""

    writing: Post | Reply
    answer: Answer

    @property
    def is_shown(self) -> bool:
        """Whether others see it already."""
        return self.writing.is_shown


@dataclass(frozen=True)
class Picture:
    """A picture as it came in, and what it shows, in words."""

    content: bytes
    description: str = ""


@transaction.atomic(durable=True)
def write_post(*, user: User, topic: Topic, text: str, picture: Picture | None = None) -> Sent:
    """Write a post and send it. Raises MayNotWrite, TopicClosed, NothingWritten, TooLong, NoPicture, EnoughForNow."""
    return _send(_draft(user, topic, text, picture), user)


@transaction.atomic(durable=True)
def draft_post(*, user: User, topic: Topic, text: str, picture: Picture | None = None) -> Post:
    """Keep a post for its writer alone, with the name it will have. Raises as `write_post`."""
    return _draft(user, topic, text, picture)


@transaction.atomic(durable=True)
def change_own(*, user: User, post_id: UUID, text: str, picture: Picture | None = None) -> Post:
    """Change a post that was not sent, or was given back. Raises Gone, NotYours, CannotChange and as `write_post`."""
    post = _own_unsent(user, post_id)
    _check(reader_of(user), post.topic)
    post.text = _words(text, Post)
    post.save(update_fields=["text"])
    if picture:
        post.attachments.all().delete()
        _attach(picture, post=post)
    return post


@transaction.atomic(durable=True)
def send_post(*, user: User, post_id: UUID) -> Sent:
    """Send a draft, or what was changed after it was given back. Raises Gone, NotYours, CannotChange, EnoughForNow."""
    post = _own_unsent(user, post_id)
    _check(reader_of(user), post.topic)
    return _send(post, user)


@transaction.atomic(durable=True)
def write_reply(
    *, user: User, thread_id: UUID, text: str, quotes: UUID | None = None, picture: Picture | None = None
) -> Sent:
    """Answer in a thread, under one's name there. `quotes`: the post, or a shown reply of the same thread.

    Raises Gone, QuotedElsewhere and as `write_post`.
    """
    thread = locks.thread(thread_id).first()
    if thread is None or not thread.is_shown:
        raise Gone
    _check(reader_of(user), thread.topic)
    alias = alias_in(thread=thread, user=user)
    if is_shut_out(thread, alias):
        raise Gone
    reply = Reply(thread=thread, alias=alias, text=_words(text, Reply), **_quotation(thread, quotes))
    reply.save()
    if picture:
        _attach(picture, reply=reply)
    return _send(reply, user)


def is_shut_out(thread: Post, alias: Alias) -> bool:
    """Whether the thread's author wants nothing of whoever has this name there."""
    return alias.blocks.filter(member_key__in=thread.aliases.filter(is_author=True).values("member_key")).exists()


def _draft(user: User, topic: Topic, text: str, picture: Picture | None) -> Post:
    _check(reader_of(user), topic)
    post = Post.objects.create(topic=topic, text=_words(text, Post))
    alias_in(thread=post, user=user, is_author=True)
    if picture:
        _attach(picture, post=post)
    return post


def _check(reader: Reader, topic: Topic) -> None:
    if not reader.may_write_at_all or not reader.may_read(topic):
        raise MayNotWrite
    if not topic.is_open:
        raise TopicClosed


def _words(text: str, model: type[Post] | type[Reply]) -> str:
    found = minimised(text)
    if not found:
        raise NothingWritten
    if len(found) > (model._meta.get_field("text").max_length or 0):
        raise TooLong
    return found


def _attach(picture: Picture, *, post: Post | None = None, reply: Reply | None = None) -> None:
    shape, content = redrawn(picture.content)
    Attachment.objects.create(
        post=post,
        reply=reply,
        shape=shape,
        content=b64encode(content).decode(),
        description=minimised(picture.description)[:120],
    )


def _quotation(thread: Post, quotes: UUID | None) -> dict:
    if quotes is None:
        return {}
    if quotes == thread.public_id:
        return {"quotes_post": True}
    quoted = thread.replies.filter(public_id=quotes, state=WritingState.SHOWN).first()
    if quoted is None:
        raise QuotedElsewhere
    return {"quotes": quoted}


def _own_unsent(user: User, post_id: UUID) -> Post:
    post = locks.thread(post_id).first()
    if post is None:
        raise Gone
    if not post.aliases.filter(is_author=True, member_key=member_key(user, post)).exists():
        raise NotYours
    if post.state not in OWN_STATES:
        raise CannotChange
    return post


def _send(writing: Post | Reply, user: User) -> Sent:
    """Past the gate, then to the readers or to a person of ours; the worry before the hold, the hold before the age."""
    reader = reader_of(user)
    is_reply, topic = isinstance(writing, Reply), showing.thread_of(writing).topic
    answer = screen(
        text=writing.text,
        source=Source.REPLY if is_reply else Source.POST,
        ref=str(writing.public_id),
        author=user,
        child=reader.child,
    )
    # A flood is slowed down; what may be a cry for help in it is not.
    if not answer.card and not Attempt(WRITING, str(user.public_id)).begin():
        raise EnoughForNow
    _release(writing, answer, reader, topic)
    _note_day(showing.thread_of(writing), user)
    writing_sent.send(sender=type(writing), writing=writing, text=writing.text, answer=answer, topic=topic)
    writing.refresh_from_db(fields=["state", "waiting_for", "slot"])
    return Sent(writing, answer)


def _note_day(thread: Post, user: User) -> None:
    Alias.objects.filter(thread=thread, member_key=member_key(user, thread)).update(last_on=timezone.localdate())


def _release(writing: Post | Reply, answer: Answer, reader: Reader, topic: Topic) -> None:
    is_calm = is_on_hold(topic)
    writing.state, writing.written_at = WritingState.WAITING, timezone.now()
    writing.waiting_for = _waits_for(answer, reader, is_calm)
    if writing.waiting_for:
        writing.save()
        cause = cause_of(level=answer.level, is_held_by_mode=is_calm)
        open_case(writing=writing, cause=cause, level=answer.level, kind=answer.kind)
        return
    writing.save()
    showing.show(writing=writing)


def _waits_for(answer: Answer, reader: Reader, is_calm: bool) -> str:
    if answer.hold:
        return WaitingFor.SAFETY
    if is_calm:
        return WaitingFor.CALM
    return WaitingFor.AGE if reader.is_read_first else ""
