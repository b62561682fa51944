"""Keeping records over a restart: one JSON line per change, the last one counts."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from payments.simulators.wechat.records import Contract, Order, order_from


class Journal:
    """A file of changes, or nothing at all when there is no path."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)

    def read(self) -> Iterator[Order | Contract]:
        """Every kept change, oldest first."""
        if self._path is None or not self._path.exists():
            return
        for line in self._path.read_text("utf-8").splitlines():
            try:
                kind, row = json.loads(line)
                record = order_from(row) if kind == "order" else Contract(**row)
            except (ValueError, TypeError, KeyError):
                continue  # the last line of a killed process may be cut off
            yield record

    def keep(self, record: Order | Contract) -> None:
        """Add a change."""
        if self._path is not None:
            row = ["order" if isinstance(record, Order) else "contract", asdict(record)]
            with self._path.open("a", encoding="utf-8") as out:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def forget(self) -> None:
        """Begin anew."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)
