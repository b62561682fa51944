"""Finding, starting and ending the embedded servers' processes."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

LOG_TAIL_LINES = 12

# Held so that an ended child is reaped by whoever started it and never looks alive.
_started: dict[int, subprocess.Popen] = {}


class ServerFailed(RuntimeError):
    """An embedded server did not start or stop; the text holds the end of its log."""


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock file, so that two starters of one server come one after the other. The kernel frees it when we die."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def is_running(pid: int | None, *words: str) -> bool:
    """Whether `pid` lives and has all these words on its command line: after a crash its number may be someone else's."""
    import psutil

    if not pid:
        return False
    if pid in _started:
        _started[pid].poll()
    with contextlib.suppress(psutil.Error):
        command = psutil.Process(pid).cmdline()
        return bool(command) and all(any(word in part for part in command) for word in words)
    return False


def start_detached(
    command: Sequence[object],
    log: Path,
    env: Mapping[str, str],
    owner: tuple[int, int] | None = None,
    cwd: Path | str = "/",
) -> subprocess.Popen:
    """Start a program in a session of its own, so that Ctrl-C in our terminal reaches only us.

    `owner` is (user id, group id) when it must not be ours.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    user, group = owner or (None, None)
    with log.open("ab") as output:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            env=dict(env), cwd=cwd, start_new_session=True, user=user, group=group, extra_groups=[] if owner else None,
        )  # fmt: skip
    _started[child.pid] = child
    return child


def end(pid: int | None, *words: str, signals: Sequence[tuple[signal.Signals, float]]) -> None:
    """Send each signal in turn and wait its seconds, until the process is gone."""
    if pid is None:
        return
    for number, seconds in signals:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not is_running(pid, *words):
                _started.pop(pid, None)
                return
            time.sleep(0.02)
    raise ServerFailed(f"process {pid} ({' '.join(words)}) does not end")


def tail(log: Path) -> str:
    """The last lines of a log, for an error message."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(lines[-LOG_TAIL_LINES:])
