"""Forgetting again: what the erasure journal says is done once more to a restored database."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import transaction

from marketplace.core.encryption import journal
from marketplace.core.encryption.models import DataKey
from marketplace.core.encryption.services import destroy_data_key

from .errors import NotAsItWas

Replay = Callable[[list[Collection[UUID]]], int]
_replays: list[Replay] = []


def register_replay(replay: Replay) -> None:
    """Have `replay` erase plain data again; it is given groups of ids, each one person's, and may run again.

    For apps above, from AppConfig.ready(); core destroys the keys.
    """
    if replay not in _replays:
        _replays.append(replay)


def came_back() -> list[UUID]:
    """Subjects whose key was destroyed according to the journal and is alive in the database."""
    gone = {entry.subject_id for entry in journal.entries()}
    alive = DataKey.objects.filter(destroyed_at=None, subject_id__in=gone)
    return list(alive.order_by("subject_id").values_list("subject_id", flat=True))


def erase_again() -> dict[str, int]:
    """Destroy the journal's keys again and have every app erase again; return how many keys and persons.

    Plain data first, as in an erasure (docs/adr/0013); the keys go even when an app fails.
    """
    groups: dict[str, set[UUID]] = {}
    for entry in journal.entries():
        # One erasure's profile and account have its certificate's number in common; fixed words are many persons'.
        name = entry.reason if entry.reason.startswith("XQ-") else str(entry.subject_id)
        groups.setdefault(name, set()).add(entry.subject_id)
    try:
        persons = sum(replay(list(groups.values())) for replay in _replays)
    finally:
        keys = _destroy_again()
    return {"keys": keys, "persons": persons}


@transaction.atomic
def _destroy_again() -> int:
    entries = {entry.subject_id: entry for entry in journal.entries()}
    done = (
        DataKey.objects.filter(subject_id__in=entries).exclude(destroyed_at=None).values_list("subject_id", flat=True)
    )
    for subject_id in entries.keys() - set(done):
        destroy_data_key(subject_id=subject_id, reason=entries[subject_id].reason, destroyed_by=None)
        DataKey.objects.filter(subject_id=subject_id).update(destroyed_at=entries[subject_id].destroyed_at)
    return len(entries) - len(set(done))


def demand_journal(count: int, last: str) -> None:
    """The journal must hold what it held when the backup was taken.

    Raises:
        NotAsItWas: it was cut, or is another one.
    """
    known = journal.entries()
    if count and (len(known) < count or known[count - 1].hash != last):
        raise NotAsItWas("the erasure journal lacks what it held when the backup was taken")
