"""What the start page and 我的 show: a few rows of many rooms, each in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from catalog.browse.models import Listing
from catalog.catalogue.enums import CategoryAxis
from catalog.catalogue.models import Category
from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.selectors import entitlements_of, parcels_of
from catalog.order.enums import OrderStatus
from catalog.order.models import Order
from catalog.scheduling.models import Booking
from catalog.scheduling.selectors import family_sight, upcoming_bookings, with_sight
from marketplace.accounts.models import User
from marketplace.families.age_rules import AccountRule
from marketplace.families.models import Child, Guardianship
from marketplace.families.selectors import children_of, guardians_of, usable_recovery_codes, young_profile_of
from marketplace.notifications.selectors import unread_message_count

_FREE_SHOWN = 4
_BOOKINGS_SHOWN = 2


def need_categories() -> QuerySet[Category]:
    """The tree of needs, top level, as families see it."""
    return Category.objects.filter(axis=CategoryAxis.NEED, depth=1, is_public=True).order_by("path")


@dataclass(frozen=True)
class FreeProvider:
    """Somebody who has time soon, with the session that can be booked."""

    name: str
    organisation: str
    tone: int
    title: str
    slug: str
    product_id: int
    starts_at: datetime
    minutes: int
    price_fen: int | None
    is_demo: bool


def soon_free_providers(*, now: datetime | None = None) -> list[FreeProvider]:
    """Return a few providers with the earliest free times, each once; one query."""
    rows = Listing.objects.filter(is_shown=True, is_coming=False, earliest_at__gt=now or timezone.now())
    found: dict[int, FreeProvider] = {}
    for row in rows.order_by("earliest_at", "rank", "-product_id")[: _FREE_SHOWN * 6]:
        is_one_person = row.card.get("provider") is not None
        if is_one_person and row.card["provider_id"] not in found:
            found[row.card["provider_id"]] = _free_provider(row)
    return list(found.values())[:_FREE_SHOWN]


def _free_provider(row: Listing) -> FreeProvider:
    card, provider = row.card, row.card["provider"]
    is_english = (get_language() or "").startswith("en")
    return FreeProvider(
        name=(is_english and provider.get("name_en")) or provider["name"],
        organisation=(is_english and card.get("org_en")) or card["org"],
        tone=provider["tone"],
        title=card["title"],
        slug=card["slug"],
        product_id=row.product_id,
        starts_at=row.next_starts[0],
        minutes=card["minutes"],
        price_fen=card["price_fen"],
        is_demo=card["is_demo"],
    )


@dataclass(frozen=True)
class FamilyOverview:
    """What a family has before it."""

    bookings: Sequence[Booking]
    unpaid_orders: Sequence[Order]
    children: Sequence[Child]


def unpaid_orders(user: User, *, now: datetime | None = None) -> QuerySet[Order]:
    """Orders that wait for payment and have not expired, the one that ends first at the top."""
    return Order.objects.filter(user=user, status=OrderStatus.PENDING, expires_at__gt=now or timezone.now()).order_by(
        "expires_at"
    )


def family_overview(user: User) -> FamilyOverview:
    """Return the next bookings, as far as this person may know of them, the orders to pay and the children; five queries."""
    sight = family_sight(user)
    return FamilyOverview(
        bookings=with_sight(upcoming_bookings(user, sight=sight)[:_BOOKINGS_SHOWN], sight),
        unpaid_orders=list(unpaid_orders(user)[:_BOOKINGS_SHOWN]),
        children=list(children_of(user)),
    )


@dataclass(frozen=True)
class YoungOverview:
    """What a young person has before them; no sums, no orders."""

    profile: Child | None
    bookings: Sequence[Booking]
    guardians: Sequence[Guardianship]
    codes: int
    """Printed recovery codes still good."""

    @property
    def should_tell_a_parent(self) -> bool:
        """Whether a parent is to hear of the account, and none has joined (age rule: own account with notice)."""
        rule = self.profile.rules.account if self.profile else None
        return rule == AccountRule.OWN_WITH_NOTICE and not self.guardians


def young_overview(user: User) -> YoungOverview:
    """Return a young person's profile, next bookings and guardians; six queries."""
    profile, sight = young_profile_of(user), family_sight(user)
    return YoungOverview(
        profile=profile,
        bookings=with_sight(upcoming_bookings(user, sight=sight)[:_BOOKINGS_SHOWN], sight),
        guardians=list(guardians_of(profile)) if profile else [],
        codes=usable_recovery_codes(user).filter(issued_by=None).count(),
    )


@dataclass(frozen=True)
class Tally:
    """Numbers beside the links of 我的; 0 is not shown."""

    courses: int
    parcels_on_the_way: int
    unread_messages: int


def tally(user: User) -> Tally:
    """Return the numbers; three queries."""
    return Tally(
        courses=entitlements_of(user).count(),
        parcels_on_the_way=parcels_of(user).filter(status__in=(ShipmentStatus.WAITING, ShipmentStatus.SHIPPED)).count(),
        unread_messages=unread_message_count(user),
    )
