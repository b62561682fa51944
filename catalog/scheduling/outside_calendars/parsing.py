"""When a calendar's owner is busy. Rules in a stranger's calendar can repeat for ever: a process of its own reads it,
with little time and memory, and takes nothing down with it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ..enums import CalendarTrouble
from ..intervals import Interval
from .errors import Unreadable

SECONDS = 20
MAX_TIMES = 5_000
_READER = Path(__file__).with_name("reader.py")


def busy_times(content: bytes, *, begin: datetime, end: datetime, own_domain: str) -> Sequence[Interval]:
    """Return when the calendar says busy between two moments: sorted, disjoint, in whole seconds.

    What came from us (`own_domain` in its UID) is left out. Raises Unreadable: no calendar, or too much of one.
    """
    bounds = [str(int(begin.timestamp())), str(int(end.timestamp()))]
    command = [sys.executable, "-I", str(_READER), *bounds, own_domain, str(SECONDS)]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=SECONDS + 5,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(CalendarTrouble.TOO_LARGE) from None
    if done.returncode < 0:  # killed: too long, or too much memory
        raise Unreadable(CalendarTrouble.TOO_LARGE)
    if done.returncode:
        raise Unreadable(CalendarTrouble.NO_CALENDAR)
    times = json.loads(done.stdout)
    if len(times) > MAX_TIMES:
        raise Unreadable(CalendarTrouble.TOO_LARGE)
    return [(start, end) for start, end in times]
