"""What the safety desk learns of a text that people of ours worry about: its writer, and nothing else of theirs."""

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.families.selectors import young_profile_of
from marketplace.safeguarding.concerns.services import open_concern
from marketplace.safeguarding.enums import Level, Source

from ..enums import WaitingFor
from ..models import Alias, Post, Reply
from . import showing


def sealed_member(alias: Alias) -> User | None:
    """Open an alias for the machine's own use; no page shows what comes out. None when the link has ended."""
    public_id = str(alias.member)
    return User.objects.filter(public_id=public_id, is_active=True).first() if public_id else None


def alias_of(writing: Post | Reply) -> Alias | None:
    """Return the name something was written under; a post's own is its author's."""
    if isinstance(writing, Reply):
        return writing.alias
    return writing.aliases.filter(is_author=True).first()


@transaction.atomic
def pass_to_duty(*, writing: Post | Reply, kind: str, level: int = Level.CONCERN) -> None:
    """Hold a text and open a concern about its writer, whom nobody but the safety desk can then reach.

    For moderators and for reports; what the gate finds opens its own concern.
    """
    held = showing.hold(writing=writing, waiting_for=WaitingFor.SAFETY)
    alias = alias_of(held)
    author = sealed_member(alias) if alias else None
    open_concern(
        kind=kind,
        level=level,
        source=Source.REPLY if isinstance(held, Reply) else Source.POST,
        ref=str(held.public_id),
        author=author,
        child=young_profile_of(author) if author else None,
    )
