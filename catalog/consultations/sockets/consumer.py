"""One browser's connection to one room.

Content goes from person to person (`room.signal`) or to everybody inside (`room.said`); to everybody connected goes only
that something changed (`room.people`), and each connection reads for itself what its person may see.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.exceptions import ChannelFull
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import timezone, translation

from .. import services
from ..enums import Part, Place
from ..errors import (
    Declined,
    MessageNotUnderstood,
    NotAllowedHere,
    OpenedElsewhere,
    PersonNotHere,
    RoomRefusal,
    TooManyMessages,
)
from ..ice import ice_servers
from ..models import Visit
from ..names import known_as, shown_name
from ..presence import Person, Room, session_digest
from ..rules import room_group
from . import messages
from .door import language_of, pass_door, still_may
from .pace import Bucket
from .sight import people_for

#: Close code of every refusal and ending: the browser was told why, and does not come back by itself.
PUT_OUT = 4000
CHECK_SECONDS = 20.0
HELLO_WITHIN_SECONDS = 30.0
_GONE_CODE, _ENDED_CODE = 4001, 4002
_MOST_IGNORED = 200


class RoomConsumer(AsyncWebsocketConsumer):
    """See docs/consultations.md for the messages."""

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
            message = messages.read(text_data)
            await self._handler(message["type"])(message)
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

    # --- what browsers ask for ---------------------------------------------------------------------------

    def _handler(self, kind: str) -> Callable[[dict[str, Any]], Awaitable[None]]:
        handlers = {
            "hello": self._hello,
            "admit": self._admit,
            "decline": self._decline,
            "signal": self._signal,
            "say": self._say,
            "state": self._state,
            "end": self._end,
            "ping": self._ping,
        }
        if kind not in handlers:
            raise MessageNotUnderstood
        if self.me is None and kind not in ("hello", "ping"):
            raise NotAllowedHere
        return handlers[kind]

    async def _hello(self, message: dict[str, Any]) -> None:
        if self.me is not None:
            raise NotAllowedHere
        session = session_digest(self.scope["session"].session_key or "")
        kept = await self.room.place_kept_for(self.user.pk, session)
        visit = await database_sync_to_async(services.come_to_room)(
            occupancy_id=self.room_id, person=self.user, returning_as=UUID(kept.visit) if kept else None
        )
        coming = await self._myself(visit, session, kept, message)
        try:
            former = await self.room.join(coming)
        except RoomRefusal:
            await database_sync_to_async(services.leave_room)(visit_id=visit.public_id)
            raise
        self.me, self.admitted_at = coming, visit.admitted_at
        for other in former:
            if other.channel != self.channel_name:
                await self._send_to(other, {"type": "room.elsewhere"})
        if self._is_provider:
            self.known = await database_sync_to_async(services.look_at_profiles)(provider=self.user, entry=self.entry)
        await self._welcome()
        await self._announce()

    async def _myself(self, visit: Visit, session: str, kept: Person | None, message: dict[str, Any]) -> Person:
        is_back = kept is not None and kept.visit == str(visit.public_id)
        place = kept.place if kept and is_back else Place.INSIDE if visit.part == Part.PROVIDER else Place.LOBBY
        others = [each.name for each in await self.room.people() if each.person != self.user.pk]
        with translation.override(self.language):
            name = shown_name(message.get("name"), entry=self.entry, person=self.user, taken=others)
        bookings = self.entry.bookings if visit.part == Part.FAMILY else ()
        return Person(
            visit=str(visit.public_id),
            person=self.user.pk,
            part=visit.part,
            place=place,
            name=name,
            channel=self.channel_name,
            session=session,
            seen_at=time.time(),
            known_as=known_as(bookings, self.user),
            bookings=[str(each.public_id) for each in bookings],
            **messages.device_of(message),
        )

    async def _welcome(self) -> None:
        assert self.me
        is_inside = self.me.place == Place.INSIDE
        await self.tell(
            {
                "type": "welcome",
                "visit": self.me.visit,
                "name": self.me.name,
                "role": self.me.part,
                "place": self.me.place,
                "ice": ice_servers(self.me.visit),
                "said": await self._said_to_me() if is_inside else [],
                "people": people_for(self.me, await self.room.people(), self.known),
            }
        )

    async def _said_to_me(self) -> list[dict[str, Any]]:
        """The provider sees all that was said, others what was said since they were let in."""
        since = "" if self._is_provider or self.admitted_at is None else self.admitted_at.isoformat()
        return [words for words in await self.room.said() if words["at"] >= since]

    async def _admit(self, message: dict[str, Any]) -> None:
        other = await self._somebody(message, asked_by_provider=True)
        if other.place == Place.INSIDE:
            return
        await database_sync_to_async(services.admit_visit)(visit_id=UUID(other.visit))
        changed = await self.room.change(other.visit, place=Place.INSIDE)
        if changed:
            await self._send_to(changed, {"type": "room.admitted"})
            await self._announce()

    async def _decline(self, message: dict[str, Any]) -> None:
        other = await self._somebody(message, asked_by_provider=True)
        if other.part == Part.PROVIDER:
            raise NotAllowedHere
        await database_sync_to_async(services.decline_visit)(visit_id=UUID(other.visit))
        await self.room.remove(other.visit)
        await self._send_to(other, {"type": "room.declined"})
        await self._announce()

    async def _signal(self, message: dict[str, Any]) -> None:
        self._must_be_inside()
        data = messages.signal_of(message)
        other = await self.room.person(messages.visit_of(message, "to"))
        if other is None or other.place != Place.INSIDE or other.visit == self._me.visit:
            raise PersonNotHere
        await self._send_to(other, {"type": "room.signal", "from": self._me.visit, "data": data})

    async def _say(self, message: dict[str, Any]) -> None:
        self._must_be_inside()
        text, own_id = messages.words_of(message)
        if not self.words.take():
            raise TooManyMessages
        at = timezone.now().isoformat()
        words = {"from": self._me.visit, "name": self._me.name, "text": text, "at": at, "id": own_id}
        if await self.room.say(words):
            await self.channel_layer.group_send(self.group, {"type": "room.said", "words": words})

    async def _state(self, message: dict[str, Any]) -> None:
        changes = {**messages.device_of(message), "quality": messages.quality_of(message)}
        await self.room.change(self._me.visit, self.channel_name, **changes)
        await self._announce()

    async def _end(self, message: dict[str, Any]) -> None:
        """The provider ends the session for everybody; anybody else leaves it for good."""
        if not self._is_provider:
            await self._leave_for_good()
            return
        await database_sync_to_async(services.end_session)(occupancy_id=self.room_id)
        await self.room.forget()
        await self.channel_layer.group_send(self.group, {"type": "room.ended"})

    async def _ping(self, message: dict[str, Any]) -> None:
        await self.tell({"type": "pong"})

    # --- what the others' connections, and the site, tell this one ------------------------------------------

    async def room_people(self, event: dict[str, Any]) -> None:
        """Somebody came, went or changed."""
        if self.me:
            people = await self.room.people()
            self.me = next((each for each in people if each.visit == self._me.visit), self._me)
            await self.tell({"type": "people", "people": people_for(self._me, people, self.known)})

    async def room_admitted(self, event: dict[str, Any]) -> None:
        """The provider let this person in."""
        if self.me:
            self.admitted_at = self.admitted_at or timezone.now()
            self.me = await self.room.change(self._me.visit, self.channel_name) or self.me
            await self.tell({"type": "admitted", "polite": True})

    async def room_declined(self, event: dict[str, Any]) -> None:
        """The provider did not, or put them out."""
        await self.tell({"type": "declined", "sentence": self._in_words(Declined())})
        await self._go(PUT_OUT)

    async def room_elsewhere(self, event: dict[str, Any]) -> None:
        """The same person came in with another page."""
        self.me = None
        await self.refuse(OpenedElsewhere())

    async def room_signal(self, event: dict[str, Any]) -> None:
        """Somebody inside wants to see and hear this person."""
        if self.me:
            await self.tell({"type": "signal", "from": event["from"], "data": event["data"]})

    async def room_said(self, event: dict[str, Any]) -> None:
        """Somebody inside said something."""
        if self.me and self.me.place == Place.INSIDE:
            await self.tell({"type": "said", **event["words"]})

    async def room_left(self, event: dict[str, Any]) -> None:
        """Somebody is gone."""
        may_know = self.me and (self._is_provider or (self.me.place, event["place"]) == (Place.INSIDE, Place.INSIDE))
        if may_know:
            await self.tell({"type": "left", "visit": event["visit"]})

    async def room_ended(self, event: dict[str, Any]) -> None:
        """The provider ended the session."""
        self.me = None
        await self.tell({"type": "ended"})
        await self._go(_ENDED_CODE)

    async def room_check(self, event: dict[str, Any]) -> None:
        """Ask again whether this person may be here: every so often, and when a booking changed."""
        if self.is_over:
            return
        if self.me is None and time.monotonic() - self.connected_at > HELLO_WITHIN_SECONDS:
            await self._go(_GONE_CODE)
            return
        try:
            await still_may(self.scope, self.room_id)
        except RoomRefusal as refusal:
            await self._forget_me()
            await self.refuse(refusal)
            return
        if self.me and not await self.room.change(self.me.visit, self.channel_name, seen_at=time.time()):
            await self.room.join(self.me)  # Redis was emptied meanwhile

    # --- small steps -------------------------------------------------------------------------------------------

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

    async def _somebody(self, message: dict[str, Any], *, asked_by_provider: bool) -> Person:
        if asked_by_provider and not self._is_provider:
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
        await self._go(_ENDED_CODE)

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
            await self.channel_layer.send(self.channel_name, {"type": "room.check"})
