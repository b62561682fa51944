"""Everything the site keeps, as bytes: the whole database, all of Redis, the logs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import redis
from django.db import connection

from marketplace.settings.base import REDIS_BROKER_DB, REDIS_CACHE_DB, redis_url


def database_dump() -> dict[str, bytes]:
    """Return every table of the database as PostgreSQL's COPY writes it, and every large object."""
    tables = """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
    """
    with connection.cursor() as cursor:
        cursor.execute(tables)
        names = [name for (name,) in cursor.fetchall()]
        dump = {f"table {name}": _copied(cursor, name) for name in names}
        cursor.execute("SELECT coalesce(string_agg(data, ''::bytea), '') FROM pg_largeobject")
        return dump | {"large objects": bytes(cursor.fetchone()[0])}


def _copied(cursor: Any, table: str) -> bytes:
    with cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT (FORMAT csv)") as copy:
        return b"".join(bytes(part) for part in copy)


def redis_dump() -> dict[str, bytes]:
    """Return every key and value of the Redis databases the site uses: cache, sessions and queue."""
    return {f"redis {name}": b"\n".join(_values(redis.from_url(url))) for name, url in redis_urls().items()}


def redis_urls() -> dict[str, str]:
    """Return the addresses of the databases in use."""
    return {"cache": redis_url(REDIS_CACHE_DB), "queue": redis_url(REDIS_BROKER_DB)}


def _values(client: redis.Redis) -> Iterator[bytes]:
    for key in client.scan_iter(count=1000):
        yield key
        match client.type(key):
            case b"string":
                yield client.get(key)
            case b"list":
                yield from client.lrange(key, 0, -1)
            case b"set":
                yield from client.smembers(key)
            case b"zset":
                yield from client.zrange(key, 0, -1)
            case b"hash":
                for name, value in client.hgetall(key).items():
                    yield from (name, value)
            case b"stream":
                yield repr(client.xrange(key)).encode()


class Logs:
    """What is written to log files from now on."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._begin = {path: path.stat().st_size for path in self._files()}

    def _files(self) -> list[Path]:
        return [path for folder in self._folders for path in folder.glob("*.log")]

    def written(self) -> dict[str, bytes]:
        """Return the new part of each file."""
        return {f"log {path.name}": path.read_bytes()[self._begin.get(path, 0) :] for path in self._files()}
