"""The statements the booking services really execute, learnt from one booking and replayed with psycopg alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection, transaction
from django.utils import timezone

from catalog.scheduling.errors import SlotTaken
from catalog.scheduling.models import LONGEST, Booking, HealthcareService, Provider
from catalog.scheduling.rules import HOLD_FOR
from catalog.scheduling.services import confirm_bookings, hold_slot
from catalog.scheduling.timetable import day_of, midnight, moment_of
from marketplace.accounts.models import User
from marketplace.families.models import Child

from .booking_world import MODE, SESSIONS_PER_DAY, Wish


@dataclass(frozen=True)
class Statement:
    """One statement; each parameter is a name of a role or a constant."""

    sql: str
    parameters: tuple[tuple[str, Any], ...]

    def bound(self, roles: dict[str, Any]) -> list[Any]:
        """Return the parameters for another booking."""
        return [uuid4() if name == "uuid" else roles.get(name, constant) for name, constant in self.parameters]


@dataclass(frozen=True)
class Script:
    """The two transactions of a booking: what holds, and what confirms."""

    hold: tuple[Statement, ...]
    confirm: tuple[Statement, ...]


def learn(wish: Wish) -> Script:
    """Hold and confirm one booking through the services and note the statements."""
    now = timezone.now()
    service = HealthcareService.objects.select_related("product").get(pk=wish.service_id)
    with _noting() as held:
        booking = hold_slot(
            service=service,
            provider=Provider(pk=wish.provider_id),
            starts_at=wish.starts_at,
            child=Child(pk=wish.child_id),
            mode=MODE,
            booked_by=User(pk=wish.user_id),
            now=now,
        )
    with _noting() as confirmed:
        confirm_bookings(booking_ids=[booking.pk])
    roles = _roles(wish, service, now, booking).items()
    names = {value: name for name, value in roles if not isinstance(value, list)}
    return Script(*(tuple(_statement(sql, params, names) for sql, params in notes) for notes in (held, confirmed)))


def _roles(wish: Wish, service: HealthcareService, now: datetime, booking: Booking | None = None) -> dict[str, Any]:
    ends_at = wish.starts_at + timedelta(minutes=service.duration_minutes)
    busy_from = wish.starts_at - timedelta(minutes=service.buffer_before_minutes)
    day = moment_of(midnight(day_of(int(busy_from.timestamp()))))
    roles = {
        "service": service.pk,
        "services": [service.pk],
        "provider": wish.provider_id,
        "providers": [wish.provider_id],
        "child": wish.child_id,
        "childs": [wish.child_id],
        "user": wish.user_id,
        "location": wish.location_id,
        "locations": [wish.location_id],
        "busy_from": busy_from,
        "starts_at": wish.starts_at,
        "ends_at": ends_at,
        "busy_until": ends_at + timedelta(minutes=service.buffer_minutes),
        "earliest": busy_from - LONGEST,
        "day": day,
        "day_after": day + timedelta(days=1),
        "day_before": day - LONGEST,
        "now": now,
        "held_until": now + HOLD_FOR,
    }
    if booking is not None:
        roles |= {"occupancy": booking.occupancy_id, "room": booking.occupancy.room_id}
        roles |= {"booking": booking.pk, "bookings": [booking.pk]}
    return roles


@contextmanager
def _noting() -> Iterator[list[tuple[str, Any]]]:
    notes: list[tuple[str, Any]] = []

    def note(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        notes.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield notes


def _statement(sql: str, params: Any, names: dict[Any, str]) -> Statement:
    return Statement(sql, tuple(_named(value, names) for value in params or ()))


def _named(value: Any, names: dict[Any, str]) -> tuple[str, Any]:
    if isinstance(value, UUID):
        return "uuid", None
    if isinstance(value, list):
        [one] = value
        return f"{names[one]}s", value
    is_telling = isinstance(value, datetime) or (isinstance(value, int) and not isinstance(value, bool))
    return (names.get(value, "") if is_telling else ""), value


class Replay:
    """One connection that executes a script's statements for other wishes, as fast as psycopg lets it."""

    def __init__(self, script: Script, service: HealthcareService) -> None:
        self.script, self.service = script, service
        settings = connection.settings_dict
        self.connection = psycopg.connect(
            host=settings["HOST"], port=settings["PORT"], user=settings["USER"], dbname=settings["NAME"]
        )

    def hold(self, wish: Wish) -> dict[str, Any] | None:
        """Replay the first transaction; None when the time is taken."""
        roles = _roles(wish, self.service, timezone.now())
        for statement in self.script.hold:
            rows = self._execute(statement, roles)
            if "SELECT provider_id, date_part('epoch', busy_from)" in statement.sql:
                if not self._is_free(rows, roles):
                    self.connection.rollback()
                    return None
            elif "SELECT room.id" in statement.sql:
                roles["room"] = rows[0][0]
            elif statement.sql.startswith('INSERT INTO "scheduling_occupancy"'):
                roles["occupancy"] = rows[0][0]
            elif statement.sql.startswith('INSERT INTO "scheduling_booking"'):
                roles["booking"], roles["bookings"] = rows[0][0], [rows[0][0]]
        self.connection.commit()
        return roles

    @staticmethod
    def _is_free(taken: list[Any], roles: dict[str, Any]) -> bool:
        """Whether nothing of the provider's day overlaps, and one more session fits into it."""
        begin, end = roles["busy_from"].timestamp(), roles["busy_until"].timestamp()
        return len(taken) < SESSIONS_PER_DAY and not any(row[1] < end and begin < row[2] for row in taken)

    def hold_only(self, wish: Wish) -> bool:
        """Replay the first transaction; whether the time is kept now."""
        return self.hold(wish) is not None

    def book(self, wish: Wish) -> bool:
        """Replay both transactions."""
        roles = self.hold(wish)
        if roles is None:
            return False
        for statement in self.script.confirm:
            self._execute(statement, roles)
        self.connection.commit()
        return True

    def _execute(self, statement: Statement, roles: dict[str, Any]) -> list[Any]:
        cursor = self.connection.execute(statement.sql, statement.bound(roles))
        return cursor.fetchall() if cursor.description else []


class ServiceDesk:
    """One connection on which families hold and confirm through the services."""

    def __init__(self, service: HealthcareService) -> None:
        self.service = service
        connection.ensure_connection()

    def book(self, wish: Wish) -> bool:
        """Hold and confirm; False when somebody was quicker."""
        try:
            booking = hold_slot(
                service=self.service,
                provider=Provider(pk=wish.provider_id),
                starts_at=wish.starts_at,
                child=Child(pk=wish.child_id),
                mode=MODE,
                booked_by=User(pk=wish.user_id),
            )
        except SlotTaken:
            return False
        with transaction.atomic():
            confirm_bookings(booking_ids=[booking.pk])
        return True
