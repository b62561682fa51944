"""One session by video with its people."""

from dataclasses import dataclass
from uuid import UUID

from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from tests.support.rooms import Browser, Line


@dataclass
class Session:
    """A booked session, its door, and a browser each for the two people of it."""

    server: str
    booking: Booking

    def __post_init__(self) -> None:
        self.room: UUID = self.booking.occupancy.public_id
        self.provider: User = self.booking.occupancy.provider.user
        self.client: User = self.booking.booked_by
        self.provider_browser = Browser(self.server, self.provider)
        self.client_browser = Browser(self.server, self.client)

    def both_inside(self) -> tuple[Line, Line]:
        """The provider's line and the client's, once the client was let in."""
        provider, client = self.provider_browser.enter(self.room), self.client_browser.enter(self.room, "小船")
        provider.send("admit", visit=client.visit)
        client.expect("admitted")
        client.people(2)
        return provider, client
