"""Ending links: of an account that goes, and of names whose time is over. Joins the caller's transaction."""

from collections.abc import Iterable
from secrets import token_hex

from marketplace.accounts.models import User
from marketplace.core.encryption.services import destroy_data_key

from ..enums import WritingState
from ..models import Alias, Drawer, Post, Reply
from ..selectors.own import own_aliases
from .withdrawing import erase_words

_KEY_BYTES = 13


def end_links(aliases: Iterable[Alias]) -> int:
    """Let names be nobody's: neither their owner nor we can tell any more; what was said under them stays."""
    ended = 0
    for alias in aliases:
        alias.member, alias.member_key = None, token_hex(_KEY_BYTES)
        alias.save(update_fields=["member", "member_key"])
        destroy_data_key(subject_id=alias.link_id, reason="retention", destroyed_by=None)
        ended += 1
    return ended


def erase_member(user: User) -> tuple[int, int]:
    """Erase everything somebody wrote and every link to it; return how many texts and how many names there were."""
    aliases, texts = own_aliases(user), 0
    for alias in aliases:
        own: list[Post | Reply] = [*alias.replies.all(), *([alias.thread] if alias.is_author else [])]
        for writing in own:
            if writing.state != WritingState.ERASED:
                erase_words(writing)
                texts += 1
        alias.unmaskings.all().delete()
    end_links(aliases)
    Drawer.objects.filter(member=user).delete()
    return texts, len(aliases)
