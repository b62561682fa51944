"""Who is in a room at this moment, and the last words said there: in Redis, sealed, gone when the session is over.

Several server processes share a room through it. Nothing of it is written anywhere else.
"""

import asyncio
import base64
import json
import time
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac
from redis.asyncio import Redis

from .enums import Part, Quality
from .errors import OpenedElsewhere, RoomFull
from .rules import MAY_RETURN, MOST_FAMILY_PEOPLE

#: A server that died says nothing more: whoever was not seen for so long is gone.
SEEN_FOR = timedelta(minutes=1)
KEPT_WORDS = 200
PATIENCE_SECONDS = 20
_clients: "WeakKeyDictionary[asyncio.AbstractEventLoop, Redis]" = WeakKeyDictionary()


@dataclass(frozen=True)
class Person:
    """Somebody in a room or its lobby; times are seconds since the epoch.

    `channel` is where their server process hears, `session` a digest of the browser's session, `opened_at` when their connection was opened, `known_as` the profile's
    name for the provider, `bookings` public ids of the places they fill.
    """

    visit: str
    person: int
    part: str
    place: str
    name: str
    channel: str
    session: str
    seen_at: float
    opened_at: float = 0
    known_as: str = ""
    bookings: list[str] = field(default_factory=list)
    gone_at: float | None = None
    camera: bool = False
    microphone: bool = False
    quality: str = Quality.VIDEO

    def is_here(self, now: float) -> bool:
        """Whether they are connected."""
        return self.gone_at is None and now - self.seen_at < SEEN_FOR.total_seconds()

    def keeps_place(self, now: float) -> bool:
        """Whether they are connected, or were a moment ago."""
        last = self.gone_at if self.gone_at is not None else self.seen_at
        return self.is_here(now) or now - last < MAY_RETURN.total_seconds()


class Room:
    """One session's room. `until` (seconds since the epoch) is when all of it is forgotten."""

    def __init__(self, occupancy_id: UUID, until: float = 0) -> None:
        self.key, self.until = f"room:{occupancy_id}", int(until)

    async def people(self) -> list[Person]:
        """Return everybody who keeps a place, in a fixed order."""
        now = time.time()
        rows = await _redis().hvals(f"{self.key}:people")
        return [person for person in _opened(rows) if person.keeps_place(now)]

    async def person(self, visit: str) -> Person | None:
        """Return one of them, if they are connected."""
        row = await _redis().hget(f"{self.key}:people", visit)
        found = next(iter(_opened([row])), None) if row else None
        return found if found and found.is_here(time.time()) else None

    async def place_kept_for(self, person: int, session: str) -> Person | None:
        """Return the place of somebody who comes back with the same browser session."""
        return next((each for each in await self.people() if each.person == person and each.session == session), None)

    async def join(self, coming: Person) -> list[Person]:
        """Put somebody in and return their former selves, which are out now.

        Raises:
            RoomFull: there are enough people.
            OpenedElsewhere: they opened a later connection meanwhile. A poor line's hello may come after the next one's.
        """
        async with self._lock():
            people = await self.people()
            former = [each for each in people if each.person == coming.person]
            if any(each.opened_at > coming.opened_at and each.is_here(time.time()) for each in former):
                raise OpenedElsewhere
            family = [each for each in people if each.part == Part.FAMILY and each not in former]
            if coming.part == Part.FAMILY and len(family) >= MOST_FAMILY_PEOPLE:
                raise RoomFull
            await self._remove(each.visit for each in former)
            await self._put(coming)
            return former

    async def change(self, visit: str, channel: str = "", **changes: Any) -> Person | None:
        """Change somebody who is there (at this channel, if named) and return them; None where they are not."""
        async with self._lock():
            row = await _redis().hget(f"{self.key}:people", visit)
            found = next(iter(_opened([row])), None) if row else None
            if found is None or (channel and found.channel != channel):
                return None
            changed = replace(found, **changes)
            await self._put(changed)
            return changed

    async def remove(self, visit: str) -> None:
        """Forget somebody's place."""
        async with self._lock():
            await self._remove([visit])

    async def say(self, words: dict[str, Any]) -> bool:
        """Keep what was said for those who reconnect; False when this very message was kept before."""
        redis, seen = _redis(), f"{self.key}:said-ids"
        is_new = bool(await redis.sadd(seen, f"{words['from']}:{words['id']}"))
        if is_new:
            await redis.rpush(f"{self.key}:said", _sealed(words))
            await redis.ltrim(f"{self.key}:said", -KEPT_WORDS, -1)
        await self._expire("said", "said-ids")
        return is_new

    async def said(self) -> list[dict[str, Any]]:
        """Return the last words, the oldest first."""
        return list(_contents(await _redis().lrange(f"{self.key}:said", 0, -1)))

    async def forget(self) -> None:
        """Forget everything."""
        await _redis().delete(*(f"{self.key}:{part}" for part in ("people", "said", "said-ids")))

    async def _put(self, person: Person) -> None:
        await _redis().hset(f"{self.key}:people", person.visit, _sealed(asdict(person)))
        await self._expire("people")

    async def _remove(self, visits: Iterable[str]) -> None:
        visits = list(visits)
        if visits:
            await _redis().hdel(f"{self.key}:people", *visits)

    async def _expire(self, *parts: str) -> None:
        for part in parts:
            await _redis().expireat(f"{self.key}:{part}", self.until)

    def _lock(self) -> AbstractAsyncContextManager[Any]:
        return _redis().lock(f"{self.key}:lock", timeout=10, blocking_timeout=10, sleep=0.01)


def session_digest(session_key: str) -> str:
    """Return what tells one browser session from another without being one."""
    return salted_hmac("consultation room", session_key, algorithm="sha256").hexdigest()


def polite(me: Person, other: Person) -> bool:
    """Whether I give way when both of us call at once: a family to the provider, else by visit; never both, never neither."""
    if me.part != other.part:
        return me.part == Part.FAMILY
    return me.visit > other.visit


def _redis() -> Redis:
    """One client for each event loop."""
    loop = asyncio.get_running_loop()
    client = _clients.get(loop)
    if client is None:
        client = _clients[loop] = Redis.from_url(settings.ROOM_REDIS_URL, socket_timeout=PATIENCE_SECONDS)
    return client


def _sealed(value: dict[str, Any]) -> bytes:
    return _cipher().encrypt(json.dumps(value, ensure_ascii=False).encode())


def _contents(rows: Iterable[bytes | str]) -> Iterable[dict[str, Any]]:
    for row in rows:
        try:
            yield json.loads(_cipher().decrypt(row))
        except InvalidToken:  # sealed before the secret changed
            continue


def _opened(rows: Iterable[bytes | str]) -> list[Person]:
    return sorted((Person(**content) for content in _contents(rows)), key=lambda person: person.visit)


@cache
def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"xinqiao consultation room").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
