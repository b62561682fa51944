"""The keys of subjects: found or made, and handed to rows in bulk."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Model

from . import keysets
from .errors import KeyDestroyed, NoSubject
from .models import DataKey
from .sealed import Sealed


class Destroyed:
    """Stands for the key of a subject whose key was destroyed."""


def open_keys(subject_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Return subject -> tink Aead, or Destroyed, for those that have a key; one query."""
    rows = DataKey.objects.filter(subject_id__in=set(subject_ids)).only("subject_id", "wrapped_keyset", "kek_uri")
    return {row.subject_id: _primitive(row) for row in rows}


def _primitive(row: DataKey) -> Any:
    if row.wrapped_keyset is None:
        return Destroyed
    return keysets.primitive(bytes(row.wrapped_keyset), row.kek_uri, row.subject_id)


def sealing_keys(subject_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Return subject -> tink Aead for each of them, made where missing; one query, three when keys are made.

    Raises:
        KeyDestroyed: one of them was erased.
    """
    found = open_keys(subject_ids)
    missing = set(subject_ids) - found.keys()
    if missing:
        DataKey.objects.bulk_create((_new_key(subject) for subject in sorted(missing)), ignore_conflicts=True)
        found |= open_keys(missing)  # another process may have been quicker
    if Destroyed in found.values():
        raise KeyDestroyed("the subject's key was destroyed")
    return found


def _new_key(subject_id: UUID) -> DataKey:
    wrapped, uri = keysets.new_wrapped_keyset(subject_id)
    return DataKey(subject_id=subject_id, wrapped_keyset=wrapped, kek_uri=uri)


def subject_of(instance: Any, path: str) -> UUID:
    """Follow a field's subject path from a row.

    Raises:
        NoSubject: the path ends in nothing.
    """
    found = instance
    for name in path.split("."):
        found = getattr(found, name, None)
    if not isinstance(found, UUID):
        raise NoSubject(f"{type(instance).__name__}: nobody at {path}")
    return found


def prefetch_keys(instances: Iterable[Model]) -> None:
    """Fetch the keys of all sealed values of these rows at once: one query, however many rows and people.

    For lists that show sealed texts. Rows that are not saved yet get the keys they will be sealed with, so that
    bulk_create asks once too.
    """
    closed, fresh = [], []
    for instance, field, held in _held(instances):
        if held.ciphertext is None and held.plain != "":
            fresh.append((held, subject_of(instance, field.subject)))
        elif held.subject_id and not held.is_open:
            closed.append((held, held.subject_id))
    keys = sealing_keys([subject for _, subject in fresh]) if fresh else {}
    if wanted := {subject for _, subject in closed} - keys.keys():
        keys |= open_keys(wanted)
    for held, subject in (*fresh, *closed):
        held.key = keys.get(subject)


def _held(instances: Iterable[Model]) -> Iterator[tuple[Model, Any, Sealed]]:
    from .fields import EncryptedField

    for instance in instances:
        for field in instance._meta.concrete_fields:
            held = instance.__dict__.get(field.attname)
            if isinstance(field, EncryptedField) and isinstance(held, Sealed):
                yield instance, field, held
