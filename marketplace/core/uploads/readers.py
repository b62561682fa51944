"""Who may open which files: the apps that ask for them say so, by the kind of owner."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .models import StoredFile

if TYPE_CHECKING:
    from marketplace.accounts.models import User

MayRead = Callable[["User", StoredFile], bool]
Opened = Callable[["User", StoredFile], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """The rule of one kind of owner. `opened` writes down that somebody looked, where that has to be known."""

    may_read: MayRead
    opened: Opened | None = None


_readers: dict[str, Reader] = {}


def register_reader(owner_kind: str, may_read: MayRead, *, opened: Opened | None = None) -> None:
    """Say who may open files of a kind; from AppConfig.ready() of the app that receives them."""
    _readers[owner_kind] = Reader(may_read, opened)


def may_read(person: "User", file: StoredFile) -> bool:
    """Return whether somebody may open a file now. A kind that nobody answers for opens for nobody."""
    reader = _readers.get(file.owner_kind)
    return reader is not None and person.is_active and reader.may_read(person, file)


def note_opened(person: "User", file: StoredFile) -> None:
    """Tell the kind's owner that somebody opened a file."""
    if opened := _readers[file.owner_kind].opened:
        opened(person, file)
