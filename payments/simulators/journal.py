"""What a simulated company remembers over a restart: one JSON value per line, the last of a key counts."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Record = TypeVar("Record")


class Journal:
    """An append-only file, or nothing at all without a path."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()

    def read(self, record: Callable[[Any], Record]) -> list[Record]:
        """Everything written so far as `record` makes it of a line, oldest first.

        A line that cannot be read is left out: a killed process may leave its last one cut off.
        """
        if self._path is None or not self._path.exists():
            return []
        found = []
        for line in self._path.read_text("utf-8").splitlines():
            try:
                found.append(record(json.loads(line)))
            except (ValueError, TypeError, KeyError):
                continue
        return found

    def add(self, row: Any) -> None:
        """Write one line."""
        if self._path is None:
            return
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as out:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def clear(self) -> None:
        """Forget everything."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)
