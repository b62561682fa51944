"""Reads of feedback. Only sessions that took place count, whatever was marked when it was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from catalog.catalogue.models import Product
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from .enums import WordsState
from .models import Feedback
from .rules import AVERAGE_FROM

STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Summary:
    """How a product's sessions were rated: how many gave how many stars."""

    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def average(self) -> float | None:
        """The mean to one decimal; None while there are too few."""
        if self.total < AVERAGE_FROM:
            return None
        return round(sum(stars * count for stars, count in self.counts.items()) / self.total, 1)

    @property
    def rows(self) -> list[tuple[int, int]]:
        """Stars and how many gave them, most stars first."""
        return [(stars, self.counts.get(stars, 0)) for stars in STARS]


def _counting() -> QuerySet[Feedback]:
    return Feedback.objects.filter(booking__status=BookingStatus.FULFILLED)


def summary_of(product: Product) -> Summary:
    """Return how a product was rated; one query."""
    rows = _counting().filter(product=product).order_by().values_list("rating").annotate(count=Count("pk"))
    return Summary(dict(rows))


def shown_feedback(product: Product) -> QuerySet[Feedback]:
    """Return what may be read about a product, the newest first: words that were let through."""
    shown = _counting().filter(product=product, words_state=WordsState.PUBLISHED)
    return shown.defer("words").order_by("-given_at", "-pk")


def feedback_by(user: User, booking: Booking) -> Feedback | None:
    """Return what a person said about a session."""
    return Feedback.objects.filter(booking=booking, person=user).first()


def urgent_words(public_id: UUID) -> Feedback | None:
    """Return feedback that sounds like danger, with what somebody on safety duty needs to reach its author."""
    found = Feedback.objects.filter(public_id=public_id, sounds_urgent=True)
    return found.select_related("person", "product", "booking__child__account").first()


def waiting_words() -> QuerySet[Feedback]:
    """Return words nobody has read yet: what sounds urgent first, then the oldest."""
    return (
        Feedback.objects.filter(words_state=WordsState.WAITING)
        .select_related("person", "product")
        .order_by("-sounds_urgent", "given_at", "pk")
    )


def decided_words() -> QuerySet[Feedback]:
    """Return words that were let through or not, the newest decision first."""
    return (
        Feedback.objects.filter(words_state__in=(WordsState.PUBLISHED, WordsState.DECLINED), decided_at__isnull=False)
        .select_related("person", "product", "decided_by")
        .order_by("-decided_at", "-pk")
    )
