"""What a connection hears of the others in its room, and of the site."""

import time
from dataclasses import replace
from typing import Any

from django.utils import timezone

from ..enums import Place
from ..errors import Declined, OpenedElsewhere, RoomRefusal
from .connection import ENDED, PUT_OUT, SAID_NOTHING, Connection
from .door import still_may
from .sight import people_for

HELLO_WITHIN_SECONDS = 30.0


class Hearing(Connection):
    """The messages that come by the channel layer."""

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
        await self._go(ENDED)

    async def room_check(self, event: dict[str, Any]) -> None:
        """Ask again whether this person may be here: every so often, and when a booking changed."""
        if self.is_over:
            return
        if self.me is None and time.monotonic() - self.connected_at > HELLO_WITHIN_SECONDS:
            await self._go(SAID_NOTHING)
            return
        try:
            await still_may(self.scope, self.room_id)
        except RoomRefusal as refusal:
            await self._forget_me()
            await self.refuse(refusal)
            return
        if self.me and not await self.room.change(self.me.visit, self.channel_name, seen_at=time.time()):
            await self._come_again()

    async def _come_again(self) -> None:
        """Redis was emptied meanwhile, or this person is at another page by now."""
        try:
            await self.room.join(replace(self._me, channel=self.channel_name, opened_at=self.opened_at))
        except RoomRefusal as refusal:
            self.me = None
            await self.refuse(refusal)
