"""What browsers ask for, and what is done about it."""

import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.utils import timezone, translation

from .. import services
from ..enums import Part, Place
from ..errors import MessageNotUnderstood, NotAllowedHere, PersonNotHere, RoomFull, TooManyMessages
from ..ice import ice_servers
from ..models import Visit
from ..names import known_as, shown_name
from ..presence import Person, session_digest
from . import messages
from .connection import Connection
from .sight import people_for


class Asking(Connection):
    """The messages that come from a browser."""

    async def answer(self, message: dict[str, Any]) -> None:
        """Do what a message asks for. Raises RoomRefusal."""
        await self._handler(message["type"])(message)

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
        except RoomFull:
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
        device = messages.device_of(message)
        return Person(
            visit=str(visit.public_id),
            person=self.user.pk,
            part=visit.part,
            place=place,
            name=name,
            channel=self.channel_name,
            session=session,
            seen_at=time.time(),
            opened_at=self.opened_at,
            known_as=known_as(bookings, self.user),
            bookings=[str(each.public_id) for each in bookings],
            camera=device["camera"],
            microphone=device["microphone"],
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
        other = await self._named_by_provider(message)
        if other.place == Place.INSIDE:
            return
        await database_sync_to_async(services.admit_visit)(visit_id=UUID(other.visit))
        changed = await self.room.change(other.visit, place=Place.INSIDE)
        if changed:
            await self._send_to(changed, {"type": "room.admitted"})
            await self._announce()

    async def _decline(self, message: dict[str, Any]) -> None:
        other = await self._named_by_provider(message)
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
