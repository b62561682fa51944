"""Closing and opening the sealed values of a row, each with its subject's key and bound to its place."""

from typing import TYPE_CHECKING, Any

from . import keys
from .errors import CannotOpen
from .sealed import ERASED, Sealed, header

if TYPE_CHECKING:
    from .fields import EncryptedField


def place_of(instance: Any, field: "EncryptedField") -> bytes:
    """Where a value stands: table, row and column. Its ciphertext opens nowhere else."""
    return f"{instance._meta.db_table}:{instance.public_id}:{field.column}".encode()


def close(instance: Any, field: "EncryptedField", held: Sealed) -> Sealed:
    """Seal a value that was set, for its row and column; one that was not touched stays as it is."""
    place = place_of(instance, field)
    if held.ciphertext is not None:
        if not held.ciphertext or not held.is_open or held.place == place:
            return held
        held.key = None  # a copy of the row under another public_id
    text = field.dumps(held.plain)
    if not text:
        held.ciphertext = b""
        return held
    subject_id = keys.subject_of(instance, field.subject)
    key = held.key or keys.sealing_keys([subject_id])[subject_id]
    held.ciphertext = header(subject_id) + key.encrypt(text.encode(), place)
    held.place = place
    return held


def open_sealed(instance: Any, field: "EncryptedField") -> None:
    """Open one value of a row, with the key it was handed or else the keys of all the row's sealed values.

    Raises:
        CannotOpen: the ciphertext was moved or changed, or its key is missing.
    """
    held: Sealed = instance.__dict__[field.attname]
    if not held.ciphertext:
        held.plain = ""
        return
    if held.key is None:
        keys.prefetch_keys([instance])
    if held.key is keys.Destroyed:
        held.plain = ERASED
        return
    held.place = place_of(instance, field)
    held.plain = field.loads(_opened(held).decode())


def _opened(held: Sealed) -> bytes:
    if held.key is None or not held.is_of_this_layout:
        raise CannotOpen("the key of a sealed value is missing, or it is not a sealed value")
    import tink

    try:
        opened: bytes = held.key.decrypt(held.body, held.place)
    except tink.TinkError:
        raise CannotOpen("a sealed value was moved or changed") from None
    return opened
