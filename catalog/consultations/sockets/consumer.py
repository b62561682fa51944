"""One browser's connection to one room; docs/consultations.md has the messages.

Content goes from person to person (`room.signal`) or to everybody inside (`room.said`); to everybody connected goes only
that something changed (`room.people`), and each connection reads for itself what its person may see.
"""

from .asking import Asking
from .hearing import Hearing


class RoomConsumer(Asking, Hearing):
    """What routing names."""
