"""Messages about places. Fit for a stranger's eyes: when, and nothing of what, with whom or for whom."""

from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.notifications.services import notify

from ..models import Booking, Provider


def people_behind(provider: Provider) -> list[User]:
    """Return whoever gives the sessions, and the people of the partner, each once."""
    people = {person.pk: person for person in provider.partner.users.filter(is_active=True)}
    if provider.user:
        people[provider.user.pk] = provider.user
    return list(people.values())


def tell_family(booking: Booking, fact: str, subject: str, body: str) -> None:
    """Tell whoever booked; `fact` names it once for this booking."""
    notify(
        key=f"booking:{booking.pk}:{fact}",
        recipient=booking.booked_by,
        subject=subject,
        body=body,
        url=reverse("bookings:detail", args=[booking.public_id]),
    )


def tell_provider(booking: Booking, fact: str, subject: str, body: str) -> None:
    """Tell whoever gives the session, and the partner's people."""
    for person in people_behind(booking.occupancy.provider):
        notify(key=f"booking:{booking.pk}:{fact}:{person.pk}", recipient=person, subject=subject, body=body)
