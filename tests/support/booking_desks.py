"""People of the clinic in `make show-booking`: they move and cancel sessions, answer requests, change hours, keep rooms."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from .booking_browser import Answer, Browser
from .booking_client import Choice, Client
from .booking_town import Desk, Town

_SESSIONS = """
    SELECT occupancy.id, occupancy.public_id, occupancy.provider_id, booking.id AS booking,
        booking.public_id AS place, booking.status, booking.together_id
    FROM scheduling_occupancy occupancy JOIN scheduling_booking booking ON booking.occupancy_id = occupancy.id
    WHERE occupancy.is_live AND booking.status IN ('proposed', 'booked') ORDER BY booking.id
"""
_MEMBERS = "SELECT id FROM scheduling_booking WHERE occupancy_id = %s AND status <> 'cancelled'"
_TOGETHER = "SELECT id FROM scheduling_booking WHERE together_id = %s"
_CLOSING = "SELECT id FROM scheduling_availabilityexception WHERE provider_id = %s AND reason = %s"
_HOURS = """
    SELECT id FROM scheduling_weeklyavailability
    WHERE provider_id = %s AND weekday = %s AND extract(hour FROM from_time) = %s
"""
_RESERVATION = """
    SELECT id, public_id FROM scheduling_occupancy
    WHERE kind = 'blocked' AND is_live AND provider_id = %s AND starts_at = %s
"""
#: Each desk opens evenings of its own, so that no two of them mean the same row.
_FIRST_EVENING = 18


class Clinic(Client):
    """Somebody at the desk; several work at once."""

    def __init__(self, browser: Browser, town: Town, database: str, dice: random.Random, desk: Desk) -> None:
        super().__init__(browser, town, database, dice)
        self.desk = desk
        self.closings: list[tuple[int, int]] = []
        self.evenings: list[tuple[int, int]] = []
        self.reservations: list[tuple[int, str]] = []
        self.count = 0

    def choices(self) -> Sequence[Choice]:
        """Look at the calendar, and see what could be done."""
        sessions = self.rows(_SESSIONS)
        requests = [each for each in sessions if each.status == "proposed"]
        one: list[tuple[int, str, Callable[[Any], Answer], Sequence[Any]]] = [
            (8, "desk moves", self.move, sessions),
            (5, "desk cancels", self.cancel, sessions),
            (12, "request answered", self.answer, requests),
            (5, "time reopened", self.reopen, self.closings),
            (3, "hours taken away", self.take_hours_away, self.evenings),
            (4, "room given back", self.release, self.reservations),
        ]
        always: list[Choice] = [
            (5, "time closed", self.close),
            (3, "hours added", self.add_hours),
            (2, "limits set", self.set_limits),
            (4, "room kept", self.reserve),
        ]
        return [*always, *((weight, name, self._with_one(do, things)) for weight, name, do, things in one if things)]

    def _with_one(self, do: Callable[[Any], Answer], things: Sequence[Any]) -> Callable[[], Answer]:
        return lambda: do(self.dice.choice(things))

    def _provider(self) -> tuple[int, str]:
        return self.dice.choice(list(self.town.providers.items()))

    def _span(self, hours: int) -> tuple[date, datetime, dict[str, str]]:
        """A day and some hours of it, and as the clinic's forms write them."""
        day, hour = self.dice.choice(self.town.days), self.dice.randrange(9, 18)
        fields = {"on": day.isoformat(), "from_time": f"{hour:02}:00", "to_time": f"{hour + hours:02}:00"}
        return day, self.town.moment(day, hour * 60), fields

    def move(self, session: Any) -> Answer:
        """Any time will do, not only open hours."""
        day, minutes = self.dice.choice(self.town.days), self.dice.randrange(8 * 60, 20 * 60, 15)
        fields = {"on": day.isoformat(), "at": f"{minutes // 60:02}:{minutes % 60:02}"}
        answer = self.browser.post(reverse("clinics:move", args=[session.public_id]), fields)
        if answer.is_success:
            members = [row.id for row in self.rows(_MEMBERS, session.id)]
            self.told("booking", members, starts_at=self.town.moment(day, minutes))
        return answer

    def cancel(self, session: Any) -> Answer:
        """The family gets everything back."""
        answer = self.browser.post(reverse("clinics:cancel", args=[session.place]), {})
        if answer.is_success:
            self.told("booking", self._with_those_together(session), "ended")
        return answer

    def _with_those_together(self, session: Any) -> list[int]:
        others = self.rows(_TOGETHER, session.together_id) if session.together_id else []
        return sorted({session.booking, *(row.id for row in others)})

    def answer(self, session: Any) -> Answer:
        """Mostly yes."""
        is_yes = self.dice.random() < 0.7
        fields = {"answer": "yes" if is_yes else "no", "reason": "time"}
        answer = self.browser.post(reverse("clinics:answer_request", args=[session.place]), fields)
        if answer.is_success:
            self.told("booking", [session.booking], "granted" if is_yes else "ended")
        return answer

    def close(self) -> Answer:
        """Some hours off; what stands in them stays."""
        provider, public_id = self._provider()
        self.count += 1
        _, _, fields = self._span(self.dice.randint(1, 2))
        reason = f"{self.desk.number}-{self.count}"
        answer = self.browser.post(reverse("clinics:add_exception", args=[public_id]), fields | {"reason": reason})
        if answer.is_success:
            found = [row.id for row in self.rows(_CLOSING, provider, reason)]
            self.closings += [(provider, pk) for pk in found]
            self.told("closing", found or [None], "kept")
        return answer

    def reopen(self, closing: tuple[int, int]) -> Answer:
        """Back to the usual hours."""
        provider, pk = closing
        answer = self.browser.post(reverse("clinics:remove_exception", args=[self.town.providers[provider], pk]), {})
        if answer.is_success:
            self.closings.remove(closing)
            self.told("closing", [pk], "gone")
        return answer

    @property
    def _evening(self) -> int:
        return _FIRST_EVENING + self.desk.number

    def _hours_id(self, provider: int, weekday: int) -> int:
        """How `booking_counts` knows a stretch of weekly hours, whose rows are written anew again and again."""
        return provider * 10_000 + weekday * 1_000 + self._evening

    def add_hours(self) -> Answer:
        """One more hour every week, in the evening."""
        (provider, public_id), weekday = self._provider(), self.dice.randrange(7)
        fields = {"weekday": weekday, "from_time": f"{self._evening}:00", "to_time": f"{self._evening + 1}:00"}
        answer = self.browser.post(reverse("clinics:add_hours", args=[public_id]), fields)
        if answer.is_success:
            self.evenings.append((provider, weekday))
            self.told("hours", [self._hours_id(provider, weekday)], "kept")
        return answer

    def take_hours_away(self, evening: tuple[int, int]) -> Answer:
        """That hour again no more."""
        provider, weekday = evening
        found = self.rows(_HOURS, provider, weekday, self._evening)
        pk = found[0].id if found else 0
        answer = self.browser.post(reverse("clinics:remove_hours", args=[self.town.providers[provider], pk]), {})
        if answer.is_success:
            self.evenings.remove(evening)
            self.told("hours", [self._hours_id(provider, weekday)], "gone")
        return answer

    def set_limits(self) -> Answer:
        """So many a day, or as many as fit."""
        _, public_id = self._provider()
        limit = self.dice.choice(["", "4", "6", "8"])
        return self.browser.post(reverse("clinics:set_rules", args=[public_id]), {"sessions_per_day": limit})

    def reserve(self) -> Answer:
        """A room for work without a family."""
        provider, _ = self._provider()
        _, starts_at, fields = self._span(1)
        answer = self.browser.post(
            reverse("clinics:reserve_room"),
            fields | {"room": str(self.dice.choice(self.town.rooms)), "provider": str(provider)},
        )
        if answer.is_success:
            found = self.rows(_RESERVATION, provider, starts_at)
            self.reservations += [(row.id, str(row.public_id)) for row in found]
            self.told("reservation", [row.id for row in found] or [None], "kept")
        return answer

    def release(self, reservation: tuple[int, str]) -> Answer:
        """The room is free again."""
        pk, public_id = reservation
        answer = self.browser.post(reverse("clinics:release_room", args=[public_id]), {})
        if answer.is_success:
            self.reservations.remove(reservation)
            self.told("reservation", [pk], "gone")
        return answer
