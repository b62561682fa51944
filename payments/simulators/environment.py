"""Where the simulated companies keep things and how fast they are, as the environment or this checkout's demo says."""

import os
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[2]
_DEFAULT_SCALE = "0.0166"


def _purpose() -> str:
    return os.environ.get("XINQIAO_PURPOSE", "demo")


def keys_folder() -> Path:
    """Where the keys of both sides lie."""
    return Path(os.environ.get("SIMULATOR_KEYS_DIR", _CHECKOUT / ".data" / _purpose() / "keys"))


def journal_path(company: str) -> Path | None:
    """The file in which a company remembers. Tests keep nothing on disk unless SIMULATOR_DATA_DIR says so."""
    folder = os.environ.get("SIMULATOR_DATA_DIR")
    if _purpose() == "test" and not folder:
        return None
    return Path(folder or _CHECKOUT / ".data" / _purpose() / "simulator") / f"{company}.jsonl"


def notify_scale() -> float:
    """How much shorter the waits between messages are than the real ones."""
    return float(os.environ.get("SIMULATOR_NOTIFY_SCALE", _DEFAULT_SCALE))
