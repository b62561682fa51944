"""Telling authors that something happened; the words themselves stand only beside their text."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.notifications.services import notify

from ...models import Decision, Post, Reply
from ...services import raising


def tell_author(writing: Post | Reply, decision: Decision) -> None:
    """Leave a neutral message that leads to the author's own page; nothing of the text or the decision is in it.

    The machine opens the name's seal for this alone: no page and no record shows whose it is.
    """
    alias = raising.alias_of(writing)
    author = raising.sealed_member(alias) if alias else None
    if author is None:
        return
    notify(
        key=f"community:decision:{decision.public_id}",
        recipient=author,
        subject=_("有一条新消息"),
        body=_("你写的一条内容有了新进展，登录后可以查看。"),
        url=reverse("community:mine"),
    )
