"""Counting queries: a list of three rows may not ask the database more often than a list of one."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(read: Callable[[], object]) -> int:
    """Return how many queries `read` sends."""
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)
