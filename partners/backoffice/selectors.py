"""What the page of all desks shows one person: their desks, what waits there, and whether they open now."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from catalog.catalogue.enums import SaleState
from catalog.catalogue.models import Product
from marketplace.accounts.duty.desks import Desk, DeskGroup, Queue, all_desks
from marketplace.accounts.duty.selectors import duties_now
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift, User


@dataclass(frozen=True)
class Place:
    """One desk as it stands before a person."""

    desk: Desk
    is_open: bool
    queue: Queue | None

    @property
    def waits(self) -> int:
        """How much waits there, as far as this person may know."""
        return self.queue.count if self.queue else 0


@dataclass(frozen=True)
class Overview:
    """Everything on the first page of our staff."""

    groups: list[tuple[str, list[Place]]]
    duties: list[str]
    next_shift: DutyShift | None

    @property
    def waiting(self) -> int:
        """How much waits at the desks that open now."""
        return sum(place.waits for _group, places in self.groups for place in places)


def overview(user: User) -> Overview:
    """Return a person's desks by group; only what opens now is counted, one query for each kind of work."""
    on = duties_now(user)
    places = [_place(desk, user, on) for desk in all_desks() if desk.concerns(user)]
    groups = [
        (str(group.label), list(found))
        for group, found in groupby(places, key=lambda place: DeskGroup(place.desk.group))
    ]
    ahead = user.duty_shifts.filter(begins_at__gt=timezone.now(), duty__in=user.duties).order_by("begins_at").first()
    return Overview(groups, [str(duty.label) for duty in Duty if duty in on], ahead)


def _place(desk: Desk, user: User, on: set[str]) -> Place:
    is_open = desk.opens(user, on)
    return Place(desk, is_open, desk.waiting() if is_open and desk.waiting else None)


def products_at_desk(*, words: str = "", state: str = "", partners: Collection[int] = ()) -> QuerySet[Product]:
    """What is or was sold, with its organisation and categories, by name."""
    found = Product.objects.browsable().prefetch_related("stockrecords__partner", "needs", "categories")
    if words := words.strip():
        found = found.filter(title__icontains=words)
    if state in SaleState.values:
        found = found.filter(sale_state=state)
    if partners:
        found = found.filter(stockrecords__partner__in=partners).distinct()
    return found.order_by("title", "pk")
