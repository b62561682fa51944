"""What a simulated company remembers over a restart: one JSON object per line, the last of a key counts."""

import json
import threading
from pathlib import Path
from typing import Any


class Journal:
    """An append-only file, or nothing at all without a path."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()

    def rows(self) -> list[dict[str, Any]]:
        """Everything written so far, oldest first; the cut-off last line of a killed process is left out."""
        if self._path is None or not self._path.exists():
            return []
        found = []
        for line in self._path.read_text("utf-8").splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return found

    def add(self, row: dict[str, Any]) -> None:
        """Write one object."""
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
