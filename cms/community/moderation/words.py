"""What readers and authors write to the desk is read by the gate, so that whoever is in danger is not kept waiting."""

import logging

from marketplace.safeguarding.enums import Kind, Level
from marketplace.safeguarding.gate.grading import grade

logger = logging.getLogger(__name__)


def what_they_tell(words: str) -> tuple[int, str]:
    """Return level and kind of a few words; where they cannot be read, a concern, so that help is shown and somebody looks.

    No concern is opened by it: whom such words are about, a person finds out, who sees them at the top of the queue.
    """
    if not words.strip():
        return Level.NONE, Kind.EVERYDAY
    try:
        found = grade(words)
    except Exception as error:  # noqa: BLE001 - a gate that fails must not keep anybody from reporting
        logger.error("gate failed on words to the desk: %s", type(error).__name__)
        return Level.CONCERN, Kind.SELF_HARM
    return found.level, found.kind


def ask_for_help(words: str) -> bool:
    """Return whether the numbers to call belong before everything else."""
    return what_they_tell(words)[0] >= Level.CONCERN
