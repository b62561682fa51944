"""WeChat's way of writing times."""

from datetime import datetime

from payments.simulators.clock import BEIJING


def rfc3339(at: float) -> str:
    """Seconds since the epoch, with Beijing's offset."""
    return datetime.fromtimestamp(at, BEIJING).isoformat(timespec="seconds")


def from_rfc3339(text: str) -> float:
    """Seconds since the epoch. Raises ValueError for a text without an offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment.timestamp()


def day_of(at: float) -> str:
    """The day in Beijing."""
    return datetime.fromtimestamp(at, BEIJING).date().isoformat()
