"""That somebody has read what is new in a thread of theirs; kept in their own sealed list."""

from django.db import transaction

from marketplace.accounts.models import User

from ..models import Alias
from ..selectors.own import seen_of
from . import drawers


def note_visit(*, member: User, alias: Alias, replies: int) -> None:
    """Remember it where it is news; a page that was read before writes nothing."""
    if seen_of(member).get(alias.public_id, replies) == replies:
        return
    with transaction.atomic():
        drawers.note_seen(member=member, alias=alias, replies=replies)
