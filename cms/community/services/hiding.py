"""Reading nothing more of somebody in a thread (mute), and being read by them no more there (block)."""

from django.db import transaction

from marketplace.accounts.models import User

from ..errors import NotYourself
from ..models import Alias, Block, Mute, Post, Reply
from ..names import member_key
from .raising import alias_of


@transaction.atomic(durable=True)
def mute(*, user: User, writing: Post | Reply) -> None:
    """Hide everything under the name this was written under. Raises NotYourself."""
    alias, key = _other(user, writing)
    Mute.objects.bulk_create([Mute(alias=alias, member_key=key)], ignore_conflicts=True)


@transaction.atomic(durable=True)
def block(*, user: User, writing: Post | Reply) -> None:
    """Hide each from the other in this thread: they see nothing of mine there, and I nothing of theirs.

    Raises NotYourself.
    """
    alias, key = _other(user, writing)
    Mute.objects.bulk_create([Mute(alias=alias, member_key=key)], ignore_conflicts=True)
    Block.objects.bulk_create([Block(alias=alias, member_key=key)], ignore_conflicts=True)


@transaction.atomic(durable=True)
def show_all_again(*, user: User, thread: Post) -> None:
    """End all that somebody hid in a thread, and all their blocks there."""
    key = member_key(user, thread)
    Mute.objects.filter(alias__thread=thread, member_key=key).delete()
    Block.objects.filter(alias__thread=thread, member_key=key).delete()


def _other(user: User, writing: Post | Reply) -> tuple[Alias, str]:
    alias = alias_of(writing)
    assert alias is not None
    key = member_key(user, alias.thread)
    if alias.member_key == key:
        raise NotYourself
    return alias, key
