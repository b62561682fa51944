"""Other calendars, read from addresses that people give us: nothing about either is to be trusted."""

from .errors import Unreadable
from .fetching import Fetched, fetch, is_https
from .parsing import busy_times

__all__ = ["Fetched", "Unreadable", "busy_times", "fetch", "is_https"]
