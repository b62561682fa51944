"""What happens to concerns."""

from .acting import acknowledge, hand_over, note, release, set_urgency, tell_somebody
from .calling import mark_call
from .closing import close, reopen
from .drilling import start_drill
from .looking import decides_alone, is_unsealed, open_person, read_texts, record_look
from .opening import open_concern
from .playing import mark_step, unmark_step
from .training import record_training
from .unsealing import ask_to_unseal, decide_unsealing
from .watching import watch_concerns

__all__ = [
    "acknowledge",
    "ask_to_unseal",
    "close",
    "decide_unsealing",
    "decides_alone",
    "hand_over",
    "is_unsealed",
    "mark_call",
    "mark_step",
    "note",
    "open_concern",
    "open_person",
    "read_texts",
    "record_look",
    "record_training",
    "release",
    "reopen",
    "set_urgency",
    "start_drill",
    "tell_somebody",
    "unmark_step",
    "watch_concerns",
]
