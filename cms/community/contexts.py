"""How the safety desk reads a text of the community that a concern stands on: this one text, where it is."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source

from .models import Post, Reply


def _post(ref: str) -> Context | None:
    post = Post.objects.select_related("topic").filter(public_id=UUID(ref)).first()
    return _context(post, post, _("树洞的帖子")) if post else None


def _reply(ref: str) -> Context | None:
    reply = Reply.objects.select_related("alias", "thread__topic").filter(public_id=UUID(ref)).first()
    return _context(reply, reply.thread, _("树洞的回应")) if reply else None


def _context(writing: Post | Reply, thread: Post, what: str) -> Context:
    where = f"{what} · {thread.topic.get_need_display()} · {writing.get_state_display()}"
    url = reverse("community:thread", args=[thread.public_id]) if thread.is_shown else ""
    return Context(text=str(writing.text), written_at=writing.written_at, where=where, url=url)


def register_contexts() -> None:
    """Let the desk read posts and replies behind concerns."""
    register_context(Source.POST, _post)
    register_context(Source.REPLY, _reply)
