"""Where the embedded servers of a checkout keep their data and sockets.

Everything here is computed, nothing is started, so settings may ask before any server runs.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote

CHECKOUT = Path(__file__).resolve().parents[3]
PURPOSES = ("demo", "test", "bench")
DATABASE_NAME = "xinqiao"
DATABASE_USER = "postgres"
REDIS_DATABASES_PER_SLOT = 4
TEST_SLOTS = 64
POSTGRES_PORT = 5432  # only names the socket: the server listens on no network address

# sockaddr_un holds 107 bytes on Linux and 103 on macOS; the longest name below a socket folder is ".s.PGSQL.5432.lock".
_SOCKET_FOLDER_BYTES = 103 - len("/.s.PGSQL.5432.lock")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")


@dataclass(frozen=True)
class Place:
    """The folders of one purpose ("demo", "test" or "bench") in one checkout."""

    purpose: str
    checkout: Path = CHECKOUT

    @cached_property
    def _key(self) -> str:
        return hashlib.sha256(str(self.checkout).encode()).hexdigest()[:10]

    @cached_property
    def home(self) -> Path:
        """Data that only we read: locks, logs, stamps, Redis."""
        return self.checkout / ".data" / self.purpose

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @cached_property
    def server_home(self) -> Path:
        """PostgreSQL's folder. Started by root it runs as another user, who cannot enter a closed folder such as /root."""
        if os.geteuid() == 0 and not open_to_everyone(self.checkout):
            return Path("/var/lib") / f"xinqiao-{self._key}" / self.purpose
        return self.home

    @property
    def postgres_data(self) -> Path:
        return self.server_home / "postgres"

    @cached_property
    def sockets(self) -> Path:
        """A folder whose path fits a unix socket address and needs no quoting in URLs."""
        natural = self.server_home / "run"
        if len(os.fsencode(natural)) <= _SOCKET_FOLDER_BYTES and _PLAIN_PATH.fullmatch(str(natural)):
            return natural
        return Path("/tmp") / f"xinqiao-{os.geteuid()}-{self._key}-{self.purpose}"  # noqa: S108 - ours alone, mode 0700

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"


def open_to_everyone(path: Path) -> bool:
    """Whether any user of the machine may walk down to `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def database_url(purpose: str, name: str | None = None) -> str:
    """The address of an embedded database, running or not, for example `postgresql://postgres@/xinqiao?host=%2F...`.

    The folder stands in the query: as a host name it would be lowercased by URL parsers.
    """
    folder = quote(str(Place(purpose).sockets), safe="")
    name = name or (f"{DATABASE_NAME}_{_slot()}" if purpose == "test" and _slot() else DATABASE_NAME)
    return f"postgresql://{DATABASE_USER}@/{name}?host={folder}&port={POSTGRES_PORT}"


def redis_url(purpose: str, db: int) -> str:
    """The address of one database of the embedded Redis, as redis-py and Django's cache take it."""
    offset = _slot() * REDIS_DATABASES_PER_SLOT if purpose == "test" else 0
    return f"unix://{Place(purpose).redis_socket}?db={offset + db}"


def is_embedded(url: str) -> bool:
    """Whether a server's URL names an embedded one of this checkout."""
    return any(str(Place(purpose).sockets) in unquote(url) for purpose in PURPOSES)


def _slot() -> int:
    """Which test databases this process uses; each test worker, with what it starts, has its own. 0 is nobody's."""
    return int(os.environ.get("XINQIAO_TEST_SLOT", "0"))
