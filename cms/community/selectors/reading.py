"""What readers see: a topic's posts and a thread, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from marketplace.accounts.models import User
from marketplace.core.encryption.keys import prefetch_keys

from ..enums import WritingState
from ..models import Alias, Attachment, Hug, Post, Reply, Topic
from ..names import giver_key, member_key
from ..rules import Reader
from .hidden import hidden_aliases

PAGE = 20
REPLIES = 40


@dataclass(frozen=True)
class Shown:
    """A post or a reply as one reader sees it: nothing in it is known of its writer but the name in this thread."""

    writing: Post | Reply
    alias: Alias
    is_mine: bool = False
    is_hugged: bool = False
    picture: Attachment | None = None
    quoted: Reply | None = None

    @property
    def is_reply(self) -> bool:
        """Whether it answers; the other is what it answers to."""
        return isinstance(self.writing, Reply)

    @property
    def kind(self) -> str:
        """As it stands in addresses."""
        return "reply" if self.is_reply else "post"

    @property
    def is_authors(self) -> bool:
        """Whether the thread's author says it."""
        return self.alias.is_author


@dataclass(frozen=True)
class Feed:
    """One page of a topic; `older` is the post after which the next page begins, None on the last."""

    items: list[Shown]
    older: UUID | None


@dataclass(frozen=True)
class Thread:
    """One page of a thread; `later` is the reply after which the next page begins."""

    post: Shown
    replies: list[Shown] = field(default_factory=list)
    later: UUID | None = None


def feed_of(topic: Topic, reader: Reader, *, before: UUID | None = None) -> Feed:
    """Return a page of a topic, the latest part of a day first, inside it in the order of the draw; eight queries.

    Whoever is hidden from the reader leaves a gap rather than making room for others: a page is not longer for that.
    """
    rows = list(_posts(topic, before)[: PAGE + 1])
    posts = rows[:PAGE]
    prefetch_keys(posts)
    hidden = hidden_aliases(reader.user, posts)
    shown = [each for each in _shown_posts(posts, reader.user) if each.alias.pk not in hidden]
    return Feed(shown, posts[-1].public_id if len(rows) > PAGE else None)


def _posts(topic: Topic, before: UUID | None) -> "QuerySet[Post]":
    posts = Post.objects.filter(topic=topic, state=WritingState.SHOWN).order_by("-slot", "shuffle")
    mark = Post.objects.filter(public_id=before, topic=topic, slot__isnull=False).first() if before else None
    if mark:
        posts = posts.filter(slot__lte=mark.slot).exclude(slot=mark.slot, shuffle__lte=mark.shuffle)
    authors = Alias.objects.filter(is_author=True)
    pictures = Attachment.objects.defer("content")
    return posts.prefetch_related(
        Prefetch("aliases", queryset=authors, to_attr="authors"),
        Prefetch("attachments", queryset=pictures, to_attr="pictures"),
    )


def thread_of(public_id: UUID) -> Post | None:
    """Return a thread with its topic, whatever its state."""
    return Post.objects.select_related("topic").filter(public_id=public_id).first()


def thread_page(post: Post, reader: Reader, *, after: UUID | None = None) -> Thread | None:
    """Return a page of a thread that is shown, or None where it is not for this reader to see; ten queries."""
    hidden = hidden_aliases(reader.user, [post])
    whole = Post.objects.filter(pk=post.pk).prefetch_related(
        Prefetch("aliases", queryset=Alias.objects.filter(is_author=True), to_attr="authors"),
        Prefetch("attachments", queryset=Attachment.objects.defer("content"), to_attr="pictures"),
    )
    (first,) = _shown_posts(list(whole), reader.user)
    if first.alias.pk in hidden:
        return None
    rows = list(_replies(post, after)[: REPLIES + 1])
    replies = rows[:REPLIES]
    pictures = [picture for each in (first.writing, *replies) for picture in each.pictures]  # type: ignore[union-attr]
    prefetch_keys([first.writing, *replies, *(each.quotes for each in replies if each.quotes), *pictures])
    shown = _shown_replies([each for each in replies if each.alias_id not in hidden], reader.user, hidden)
    return Thread(first, shown, replies[-1].public_id if len(rows) > REPLIES else None)


def _replies(post: Post, after: UUID | None) -> "QuerySet[Reply]":
    replies = Reply.objects.filter(thread=post, state=WritingState.SHOWN).order_by("position")
    mark = Reply.objects.filter(public_id=after, thread=post, position__isnull=False).first() if after else None
    if mark:
        replies = replies.filter(position__gt=mark.position)
    pictures = Attachment.objects.defer("content")
    return replies.select_related("alias", "thread", "quotes__alias").prefetch_related(
        Prefetch("attachments", queryset=pictures, to_attr="pictures")
    )


def _shown_posts(posts: Sequence[Post], user: User | None) -> list[Shown]:
    hugs = _given("post", posts, user)
    return [
        Shown(
            writing=post,
            alias=post.authors[0],  # type: ignore[attr-defined]
            is_mine=user is not None and post.authors[0].member_key == member_key(user, post),  # type: ignore[attr-defined]
            is_hugged=post.pk in hugs,
            picture=next(iter(post.pictures), None),  # type: ignore[attr-defined]
        )
        for post in posts
    ]


def _shown_replies(replies: Sequence[Reply], user: User | None, hidden: set[int]) -> list[Shown]:
    hugs = _given("reply", replies, user)
    return [
        Shown(
            writing=reply,
            alias=reply.alias,
            is_mine=user is not None and reply.alias.member_key == member_key(user, reply.thread),
            is_hugged=reply.pk in hugs,
            picture=next(iter(reply.pictures), None),  # type: ignore[attr-defined]
            quoted=_to_be_seen(reply.quotes, hidden),
        )
        for reply in replies
    ]


def _to_be_seen(quoted: Reply | None, hidden: set[int]) -> Reply | None:
    return quoted if quoted and quoted.is_shown and quoted.alias_id not in hidden else None


def _given(kind: str, writings: Sequence[Post] | Sequence[Reply], user: User | None) -> set[int]:
    """Return the pks of those among the writings that somebody hugged."""
    if user is None or not writings:
        return set()
    keys = [giver_key(user, each) for each in writings]
    found = Hug.objects.filter(**{f"{kind}__in": writings}, giver_key__in=keys)
    return set(found.values_list(f"{kind}_id", flat=True))


def writing_of(kind: str, public_id: UUID) -> Post | Reply | None:
    """Return a post or a reply by its kind and id, with its thread and topic."""
    if kind == "reply":
        replies = Reply.objects.select_related("alias", "thread__topic")
        return replies.filter(public_id=public_id).first()
    return thread_of(public_id)


def picture_of(public_id: UUID) -> Attachment | None:
    """Return a picture with what it stands in."""
    found = Attachment.objects.select_related("post__topic", "reply__thread__topic", "reply__alias")
    return found.filter(public_id=public_id).first()
