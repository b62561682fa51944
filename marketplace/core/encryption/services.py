"""What happens to a subject's key: wrapped again, given a new primary, destroyed."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

if TYPE_CHECKING:
    from marketplace.accounts.models import User

from . import journal, keysets
from .errors import KeyDestroyed
from .kms import key_service
from .locks import data_keys_to_change
from .models import DataKey
from .selectors import keys_to_rewrap

#: How many keys one transaction wraps again: a write waits for so many at most.
BATCH = 200


@transaction.atomic
def destroy_data_key(*, subject_id: UUID, reason: str, destroyed_by: "User | None") -> DataKey:
    """Destroy a subject's key: everything sealed with it reads as ERASED from then on.

    Once that is committed it is written into the erasure journal too, from which a restored backup learns of it. A
    subject without a key gets a destroyed one, so that nothing can be sealed later. Again is the same as once.

    Args:
        reason: a fixed word or a request's number, never a person's own sentence.
    """
    now = timezone.now()
    why = {"destroyed_at": now, "destroy_reason": reason, "destroyed_by": destroyed_by}
    key, made = DataKey.objects.get_or_create(subject_id=subject_id, defaults={"wrapped_keyset": None, **why})
    if made:
        _journal(key)
        return key
    key = data_keys_to_change(DataKey.objects.filter(pk=key.pk)).get()
    if key.destroyed_at is None:
        key.wrapped_keyset = None
        key.destroyed_at, key.destroy_reason, key.destroyed_by = now, reason, destroyed_by
        key.save()
        keysets.forget_keysets()
        _journal(key)
    return key


def _journal(key: DataKey) -> None:
    """Robust: a full disk must not undo an erasure; `journal.note_missing` brings it later, and the error is logged."""
    transaction.on_commit(lambda: _note(key), robust=True)


def _note(key: DataKey) -> None:
    journal.note_destroyed([key])


@transaction.atomic
def rotate_data_key(*, subject_id: UUID) -> DataKey:
    """Give a subject's keyset a new primary key: new texts are sealed with it, older ones still open.

    Raises:
        DataKey.DoesNotExist: nothing was ever sealed for this subject.
        KeyDestroyed: the subject was erased.
    """
    key = data_keys_to_change(DataKey.objects.filter(subject_id=subject_id)).get()
    if key.wrapped_keyset is None:
        raise KeyDestroyed("a destroyed key is never replaced")
    key.wrapped_keyset, key.kek_uri = keysets.with_new_primary(bytes(key.wrapped_keyset), key.kek_uri, subject_id)
    key.rewrapped_at = timezone.now()
    key.save(update_fields=["wrapped_keyset", "kek_uri", "rewrapped_at"])
    return key


def begin_rotation() -> str:
    """Put a new version of the key service's key in use, unless the last rotation is unfinished; return its URI."""
    current = key_service().current_uri()
    if keys_to_rewrap(current).exists():
        return current
    return key_service().new_version()


@transaction.atomic
def rewrap_batch(*, size: int = BATCH) -> int:
    """Wrap the next keys under the key in use, in one short transaction; return how many there were.

    Only the wrapping changes: whoever holds an unwrapped keyset, and every ciphertext, goes on working.
    """
    keys = list(data_keys_to_change(keys_to_rewrap(key_service().current_uri()))[:size])
    now = timezone.now()
    for key in keys:
        key.wrapped_keyset, key.kek_uri = keysets.rewrapped(
            bytes(key.wrapped_keyset or b""), key.kek_uri, key.subject_id
        )
        key.rewrapped_at = now
    DataKey.objects.bulk_update(keys, ["wrapped_keyset", "kek_uri", "rewrapped_at"])
    return len(keys)
