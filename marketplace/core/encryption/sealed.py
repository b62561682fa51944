"""What stands for a sealed value in Python: closed bytes, which show nothing however they are looked at."""

from typing import Any
from uuid import UUID

from .errors import PlainTextNotPickled

#: The first byte of a sealed value, so that another layout can follow; then the subject's UUID, then Tink's ciphertext.
LAYOUT = b"\x01"
_HEADER_BYTES = 17


class Unknown:
    """Marks a value nobody has opened yet."""


class Erased(str):
    """What is read where the key was destroyed: an empty text that can be told apart."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ERASED"

    def __reduce__(self) -> str:
        return "ERASED"


ERASED = Erased()


class Sealed:
    """One sealed value of one row.

    `ciphertext` is what the column holds (None until the row is written); `plain` what it says, once opened or set, and
    only in memory: copies for another process leave it behind. `key` is a primitive handed over by `prefetch_keys`.
    """

    __slots__ = ("__weakref__", "ciphertext", "key", "place", "plain")

    def __init__(self, ciphertext: bytes | None = None, *, plain: Any = Unknown, place: bytes = b"") -> None:
        self.ciphertext = ciphertext
        self.plain = plain
        self.place = place
        self.key: Any = None

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    @property
    def is_open(self) -> bool:
        """Whether the plain value is at hand."""
        return self.plain is not Unknown

    @property
    def is_of_this_layout(self) -> bool:
        """Whether the bytes were written as this module writes them."""
        return bytes(self.ciphertext or b"")[:1] == LAYOUT

    @property
    def subject_id(self) -> UUID | None:
        """Whose key opens it; None for an empty or not yet sealed value."""
        head = bytes((self.ciphertext or b"")[1:_HEADER_BYTES])
        return UUID(bytes=head) if len(head) == _HEADER_BYTES - 1 else None

    @property
    def body(self) -> bytes:
        """Tink's part of the ciphertext."""
        return bytes((self.ciphertext or b"")[_HEADER_BYTES:])

    def again(self) -> "Sealed":
        """The same value, open, for another instance of its row."""
        return Sealed(self.ciphertext, plain=self.plain, place=self.place)

    def __reduce__(self) -> tuple:
        if self.ciphertext is None:
            raise PlainTextNotPickled("save the row before it is pickled")
        return Sealed, (self.ciphertext,)

    def __copy__(self) -> "Sealed":
        return self.__deepcopy__({})

    def __deepcopy__(self, memo: dict) -> "Sealed":
        if self.ciphertext is None:
            return Sealed(plain=self.plain)
        return Sealed(self.ciphertext)


def header(subject_id: UUID) -> bytes:
    """The clear first bytes of a sealed value."""
    return LAYOUT + subject_id.bytes
