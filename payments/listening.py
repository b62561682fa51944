"""Who looks when a company's message is about something other than a trade or a refund.

Agreements and disputes live in rooms above the core of payments; each registers its look in AppConfig.ready().
"""

from collections.abc import Callable

from payments.enums import EventAbout

#: Takes the gateway's code and the event's `ref`; asks the company for the truth; returns what is wrong, or "".
Listener = Callable[[str, str], str]

_listeners: dict[EventAbout, Listener] = {}


def register_listener(about: EventAbout, listener: Listener) -> None:
    """Let `listener` look at events of this kind."""
    _listeners[about] = listener


def listener_for(about: EventAbout) -> Listener | None:
    """Who looks at events of this kind, if not the core itself."""
    return _listeners.get(about)
