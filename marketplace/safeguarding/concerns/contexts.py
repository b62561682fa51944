"""Where the texts behind concerns are read: in the place they were written, which registers a reader here.

An app above registers from AppConfig.ready(); the desk never keeps a copy of what a young person wrote.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from marketplace.safeguarding.enums import Source

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Context:
    """A text as it stands now: `where` in words for staff, `url` a path of ours that leads to it ("": none)."""

    text: str
    written_at: datetime
    where: str
    url: str = ""


Reader = Callable[[str], Context | None]

_readers: dict[str, Reader] = {}


def register_context(source: str, reader: Reader) -> None:
    """Say how a text of this source is read by its ref; None where it is gone. Registering again replaces it."""
    _readers[Source(source)] = reader


def context_of(source: str, ref: str) -> Context | None:
    """Return a text behind a concern; None where nobody can read it (any more). Whoever asks writes the look down."""
    reader = _readers.get(source)
    if reader is None or not ref:
        return None
    try:
        return reader(ref)
    except Exception as error:  # noqa: BLE001 - a text that cannot be read must not close the desk
        logger.error("context of a %s not readable: %s", source, type(error).__name__)
        return None
