"""Hugs: given once, taken back at will, never counted aloud."""

from django.db import transaction
from django.db.models import F

from marketplace.accounts.models import User

from ..errors import Gone, MayNotWrite, NotYourself
from ..models import Hug, Post, Reply
from ..names import giver_key
from ..rules import reader_of
from ..selectors.own import is_own
from .showing import thread_of


@transaction.atomic(durable=True)
def give_hug(*, user: User, writing: Post | Reply) -> None:
    """Hug a post or a reply; a second time changes nothing. Raises MayNotWrite, Gone, NotYourself."""
    reader = reader_of(user)
    if not reader.may_write_at_all or not reader.may_read(thread_of(writing).topic):
        raise MayNotWrite
    if not writing.is_shown or not thread_of(writing).is_shown:
        raise Gone
    if is_own(user, writing):
        raise NotYourself
    about = _about(writing)
    key = giver_key(user, writing)
    if Hug.objects.filter(giver_key=key, **about).exists():
        return
    Hug.objects.bulk_create([Hug(giver_key=key, **about)], ignore_conflicts=True)
    _count(writing)


@transaction.atomic(durable=True)
def take_hug_back(*, user: User, writing: Post | Reply) -> None:
    """Take one's hug back, where there is one."""
    Hug.objects.filter(giver_key=giver_key(user, writing), **_about(writing)).delete()
    _count(writing)


def _about(writing: Post | Reply) -> dict:
    return {"reply": writing} if isinstance(writing, Reply) else {"post": writing}


def _count(writing: Post | Reply) -> None:
    """Counted anew under the row's lock: two hugs at once are two."""
    type(writing).objects.filter(pk=writing.pk).update(hugs_given=F("hugs_given"))
    type(writing).objects.filter(pk=writing.pk).update(hugs_given=Hug.objects.filter(**_about(writing)).count())
