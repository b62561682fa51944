"""The commands that serve the site: gunicorn for pages, uvicorn for consultation rooms, and the front before both."""

import sys
from collections.abc import Sequence
from pathlib import Path

PAGES, ROOMS = "marketplace.wsgi:application", "marketplace.asgi:application"
#: A message of a room is shorter (catalog.consultations.sockets.messages).
WEBSOCKET_BYTES = 128 * 1024

#: Never the query or the referrer: they hold what people search for. Nor a secret that stands in a path.
ACCESS_LOG = (
    "--access-logfile=-",
    "--access-logformat=%(t)s %(m)s %(U)s %(s)s %(b)s %(M)sms",
    "--logger-class=marketplace.core.embedded.access_log.QuietLogger",
)


def gunicorn(application: str, bind: str, *options: str) -> list[str]:
    """Return the command for a WSGI application; `bind` as gunicorn takes it."""
    return [sys.executable, "-m", "gunicorn", "--no-control-socket", *options, f"--bind={bind}", application]


def uvicorn(bind: Sequence[str]) -> list[str]:
    """Return the command for the rooms; `bind` are uvicorn's options for where to listen."""
    return [
        sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level=warning", "--lifespan=off", "--no-server-header",
        f"--ws-max-size={WEBSOCKET_BYTES}", "--ws-ping-interval=15", "--ws-ping-timeout=20", "--timeout-graceful-shutdown=5",
        *bind, ROOMS,
    ]  # fmt: skip


def front(listen: str, *, pages: str, rooms: str) -> list[str]:
    """Return the command for the front; addresses as marketplace.core.embedded.front takes them."""
    module = "marketplace.core.embedded.front"
    return [sys.executable, "-m", module, f"--pages={pages}", f"--rooms={rooms}", f"--listen={listen}"]


def sockets_in(folder: Path) -> tuple[Path, Path]:
    """Return where gunicorn and uvicorn listen in a folder."""
    return folder / "web.sock", folder / "room.sock"
