"""What is written: keys, calls that happen once, addresses and the news for them."""

from .calling import Answer, call_once
from .keys import MadeKey, make_key, note_use, revoke_key
from .webhooks import MadeAddress, add_address, deliver_due, end_address, ping, replay, tell

__all__ = [
    "Answer",
    "MadeAddress",
    "MadeKey",
    "add_address",
    "call_once",
    "deliver_due",
    "end_address",
    "make_key",
    "note_use",
    "ping",
    "replay",
    "revoke_key",
    "tell",
]
