"""Somebody's own list of the names they have: the only way from a person to what they wrote. Joins the transaction."""

from uuid import UUID

from marketplace.accounts.models import User

from .. import locks
from ..models import Alias, Drawer


def put_in(*, member: User, alias: Alias) -> None:
    """Add a name to its owner's list."""
    drawer = _locked(member)
    drawer.aliases = {**(drawer.aliases or {}), str(alias.public_id): 0}
    drawer.save(update_fields=["aliases"])


def take_out(*, member: User, alias_ids: set[UUID]) -> None:
    """Leave names out of their owner's list: nothing under them is there any more."""
    drawer = _locked(member)
    gone = {str(each) for each in alias_ids}
    drawer.aliases = {key: seen for key, seen in (drawer.aliases or {}).items() if key not in gone}
    drawer.save(update_fields=["aliases"])


def note_seen(*, member: User, alias: Alias, replies: int) -> None:
    """Remember how many replies somebody has seen in a thread of theirs."""
    drawer = _locked(member)
    kept = drawer.aliases or {}
    if kept.get(str(alias.public_id)) not in (None, replies):
        drawer.aliases = {**kept, str(alias.public_id): replies}
        drawer.save(update_fields=["aliases"])


def _locked(member: User) -> Drawer:
    Drawer.objects.bulk_create([Drawer(member=member)], ignore_conflicts=True)
    return locks.drawer(member.pk).select_related("member").get()
