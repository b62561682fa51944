"""One browser's connection to one room: its beginning, its end, and the small steps between."""

import asyncio
import contextlib
import json
import time
from datetime import datetime
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.exceptions import ChannelFull
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import translation
from redis.exceptions import RedisError

from .. import services
from ..enums import Part, Place
from ..errors import NotAllowedHere, PersonNotHere, RoomRefusal, TooManyMessages
from ..presence import Person, Room
from ..rules import room_group
from . import messages
from .door import language_of, pass_door
from .pace import Bucket

#: Close codes: put out or refused; said nothing; ended. The browser was told why, and does not come back by itself.
PUT_OUT, SAID_NOTHING, ENDED = 4000, 4001, 4002
CHECK_SECONDS = 20.0
_MOST_IGNORED = 200


class Connection(AsyncWebsocketConsumer):
    """What a connection is, whatever is said on it."""

    me: Person | None = None
    admitted_at: datetime | None = None
    watch: "asyncio.Task[None] | None" = None
    is_over = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Serve one connection; whatever goes wrong in it, nothing of it runs on."""
        try:
            return await super().__call__(scope, receive, send)
        finally:
            if self.watch:
                self.watch.cancel()

    async def connect(self) -> None:
        """Accept, and say calmly why not where somebody may not come in: before accepting, nothing can be said."""
        self.room_id: UUID = self.scope["url_route"]["kwargs"]["occupancy_id"]
        self.language = language_of(self.scope)
        self.any_message, self.words = Bucket(200, 30), Bucket(12, 1)
        self.opened_at = time.time()
        self.ignored, self.connected_at, self.known = 0, time.monotonic(), frozenset[str]()
        await self.accept()
        try:
            self.user, self.entry = await pass_door(self.scope, self.room_id)
        except RoomRefusal as refusal:
            await self.refuse(refusal)
            return
        self.room = Room(self.room_id, until=self.entry.closes_at.timestamp())
        self.group = room_group(self.room_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        self.watch = asyncio.create_task(self._watch())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Do what a message asks for, if it is one, is not too much, and comes from somebody who may."""
        if self.watch is None or self.is_over:
            return  # refused; what was sent before the refusal arrived counts for nothing
        try:
            if not self.any_message.take():
                raise TooManyMessages
            await self.answer(messages.read(text_data))
        except RoomRefusal as refusal:
            await self.refuse(refusal)

    async def disconnect(self, code: int) -> None:
        """Keep the place for a while, and tell the others."""
        if self.watch is None:
            return
        await self.channel_layer.group_discard(self.group, self.channel_name)
        if self.me is None:
            return
        gone = await self.room.change(self.me.visit, self.channel_name, gone_at=time.time())
        if gone:
            await self._say_left()

    async def refuse(self, refusal: RoomRefusal) -> None:
        """Tell somebody why not; put them out where the refusal says so, or where they will not listen."""
        self.ignored += isinstance(refusal, TooManyMessages)
        await self.tell({"type": "refused", "sentence": self._in_words(refusal), "code": refusal.code})
        if refusal.closes or self.ignored > _MOST_IGNORED:
            await self._go(PUT_OUT)

    async def tell(self, message: dict[str, Any]) -> None:
        """Send one message to this browser, if it is still there: that it is gone, `disconnect` will hear."""
        if not self.is_over:
            with contextlib.suppress(OSError):
                await self.send(text_data=json.dumps(message, ensure_ascii=False))

    async def answer(self, message: dict[str, Any]) -> None:
        """Do what a message asks for. Raises RoomRefusal."""
        raise NotImplementedError

    @property
    def _me(self) -> Person:
        assert self.me, "nobody said hello here"
        return self.me

    @property
    def _is_provider(self) -> bool:
        return self.me is not None and self.me.part == Part.PROVIDER

    def _in_words(self, refusal: RoomRefusal) -> str:
        with translation.override(self.language):
            return str(refusal.sentence)

    def _must_be_inside(self) -> None:
        if self._me.place != Place.INSIDE:
            raise NotAllowedHere

    async def _named_by_provider(self, message: dict[str, Any]) -> Person:
        if not self._is_provider:
            raise NotAllowedHere
        other = await self.room.person(messages.visit_of(message))
        if other is None:
            raise PersonNotHere
        return other

    async def _send_to(self, other: Person, event: dict[str, Any]) -> None:
        with contextlib.suppress(ChannelFull):  # a browser that stopped reading; it will ask anew when it is back
            await self.channel_layer.send(other.channel, event)

    async def _announce(self) -> None:
        await self.channel_layer.group_send(self.group, {"type": "room.people"})

    async def _say_left(self) -> None:
        await database_sync_to_async(services.leave_room)(visit_id=UUID(self._me.visit))
        left = {"type": "room.left", "visit": self._me.visit, "place": self._me.place}
        await self.channel_layer.group_send(self.group, left)
        await self._announce()

    async def _leave_for_good(self) -> None:
        await self._forget_me()
        await self.tell({"type": "ended"})
        await self._go(ENDED)

    async def _forget_me(self) -> None:
        if self.me:
            await self.room.remove(self.me.visit)
            await self._say_left()
            self.me = None

    async def _go(self, code: int) -> None:
        if not self.is_over:
            self.is_over = True
            with contextlib.suppress(OSError):
                await self.close(code)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            with contextlib.suppress(ChannelFull, RedisError):  # the next one will come through
                await self.channel_layer.send(self.channel_name, {"type": "room.check"})
