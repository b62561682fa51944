"""What is taken and what is given, as the description says it. Nothing that is sent is guessed at: a number is no date."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StrictBool

from .pages import MOST

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_WHOLE = re.compile(r"-?\d{1,9}\Z")
#: Days beyond these are nobody's; what is asked beyond them finds nothing.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 1)


def _written(pattern: re.Pattern[str]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.match(value):
            raise ValueError("written otherwise than described")
        return value

    return BeforeValidator(check)


Day = Annotated[date, _written(_DAY)]
Id = Annotated[UUID, _written(_UUID)]
_MOST_NUMBER = 999_999_999
Number = Annotated[int, _written(_WHOLE), Field(ge=1, le=_MOST_NUMBER)]
Limit = Annotated[int, _written(_WHOLE), Field(ge=1, le=MOST)]
Days = Annotated[int, _written(_WHOLE), Field(ge=1, le=14)]
Month = Annotated[int, _written(_WHOLE), Field(ge=1, le=31)]
#: Printed characters only: no line breaks, no NUL.
_PRINTED = r"^[^\x00-\x1f\x7f]+$"


def within(day: date) -> date:
    """Return a day that the calendar can reckon with."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def one_of(name: str, values: Iterable[str]) -> Any:
    """Return an enumeration of words that may be asked for."""
    return Enum(name, {value: value for value in values})


class Taken(Schema):
    """A body: what is not described in it is refused."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """An error (RFC 9457). `code` names it for programs, `detail` says it for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str


class Me(Schema):
    organisation: str
    organisation_id: UUID
    key: str = Field(description="What a key begins with; the rest of it is never said again.")
    scopes: list[str]
    calls_per_minute: int


class Provider(Schema):
    id: UUID
    name: str
    title: str
    languages: list[str]
    takes_bookings: bool


class Providers(Schema):
    items: list[Provider]
    next: UUID | None = None


class Service(Schema):
    id: int
    title: str
    kind: str
    minutes: int
    modes: list[str]
    price_fen: int | None
    is_on_sale: bool
    providers: list[UUID]


class Services(Schema):
    items: list[Service]
    next: int | None = None


class Slot(Schema):
    """A time that a family could book now. `session` is set for a date of a group."""

    starts_at: datetime
    ends_at: datetime
    modes: list[str]
    providers: list[UUID]
    seats_left: int
    session: UUID | None = None


class Slots(Schema):
    items: list[Slot]


class Session(Schema):
    """A stretch of a provider's time that is taken, preparation included; who comes is said by the bookings alone."""

    id: UUID
    provider: UUID
    service: int | None
    kind: str
    busy_from: datetime
    starts_at: datetime
    ends_at: datetime
    busy_until: datetime
    seats: int
    seats_taken: int


class Calendar(Schema):
    items: list[Session]
    next: UUID | None = None


class Client(Schema):
    """Who comes, where the family lets this organisation know; said only to keys with clients:read."""

    id: UUID
    name: str


class Booking(Schema):
    id: UUID
    status: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    attendee: str
    provider: UUID
    service: int | None = Field(description="Left out where what was booked may not be seen.")
    session: UUID
    cancelled_by: str | None
    created_at: datetime
    client: Client | None = None


class Bookings(Schema):
    items: list[Booking]
    next: UUID | None = None


class Attendance(Taken):
    attended: StrictBool


class OrderLine(Schema):
    title: str
    quantity: int
    price_fen: int
    refunded_fen: int
    booking: UUID | None


class Order(Schema):
    """The organisation's own part of a paid order: nothing of other sellers, nothing of the family."""

    id: UUID
    number: str
    status: str
    paid_at: datetime | None
    total_fen: int
    lines: list[OrderLine]


class Orders(Schema):
    items: list[Order]
    next: UUID | None = None


class Address(Schema):
    name: str
    phone: str
    lines: list[str]


class Shipment(Schema):
    id: UUID
    order: UUID
    status: str
    carrier: str
    tracking_number: str
    contents: list[str]
    created_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    to: Address | None = Field(
        None, description="Only for a parcel that waits to be sent, and only when read by itself."
    )


class Shipments(Schema):
    items: list[Shipment]
    next: UUID | None = None


class Shipped(Taken):
    carrier: Annotated[str, Field(min_length=1, max_length=30, pattern=_PRINTED, strict=True)]
    tracking_number: Annotated[str, Field(min_length=1, max_length=40, pattern=_PRINTED, strict=True)]
