"""Communities, their activities, and parcels they bring."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from catalog.delivery.enums import DayPart
from catalog.delivery.models import DeliveryOffer, DeliveryTask
from catalog.delivery.services import Wish, ask_delivery, set_offer
from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Shipment
from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Partner
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from partners.communities.enums import ActivityState
from partners.communities.models import Activity, SignUp

from .catalogue import make_goods
from .counting import next_number
from .partners import make_partner
from .people import make_user


def make_community(**fields: Any) -> Partner:
    """A community in the demo's district."""
    return make_partner(organisation_type=OrganisationType.COMMUNITY, **{"district": "湖滨区"} | fields)


def make_member(community: Partner, role: TeamRole = TeamRole.MANAGER, **fields: Any) -> User:
    """Somebody who works for a community."""
    user = make_user(role=Role.PARTNER_STAFF, **fields)
    community.memberships.create(user=user, role=role)
    return user


def make_activity(*, community: Partner | None = None, **fields: Any) -> Activity:
    """A published activity next week with ten seats; two hours long."""
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=7))
    values = {
        "title": f"周末亲子手工{next_number()}",
        "summary": "一起做一只纸船。",
        "description": "听一个故事，做一只纸船。",
        "need": "home",
        "district": "湖滨区",
        "address": "示例社区二楼",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "capacity": 10,
        "state": ActivityState.PUBLISHED,
        "published_at": timezone.now() - timedelta(days=1),
    }
    return Activity.objects.create(partner=community or make_community(), **values | fields)


def make_sign_up(activity: Activity, person: User | None = None, *, seats: int = 1, **fields: Any) -> SignUp:
    """Somebody who comes; the activity's count goes along."""
    row = SignUp.objects.create(
        activity=activity, person=person or make_user(), seats=seats, number=f"{100_000 + next_number()}", **fields
    )
    activity.taken += seats
    activity.came += seats if row.checked_in_at else 0
    activity.save(update_fields=["taken", "came"])
    return row


def make_delivery_offer(community: Partner, *, languages: tuple[str, ...] = ("普通话", "四川话")) -> DeliveryOffer:
    return set_offer(partner=community, is_open=True, languages=languages)


def make_parcel(user: User, *, status: str = ShipmentStatus.SHIPPED) -> Shipment:
    """A paid parcel on its way to somebody."""
    from tests.catalog.order.placed import order_of, pay

    order = order_of(user, make_goods(stock=5))
    pay(order)
    Shipment.objects.filter(order=order).update(status=status, shipped_at=timezone.now())
    return Shipment.objects.get(order=order)


def wish(*, days: int = 3, part: str = DayPart.MORNING, language: str = "四川话") -> Wish:
    return Wish(timezone.localdate() + timedelta(days=days), DayPart(part), language)


def make_visit(user: User, *, community: Partner | None = None, status: str = ShipmentStatus.SHIPPED) -> DeliveryTask:
    """A visit that somebody asked for, with a parcel on its way."""
    community = community or make_community()
    if not DeliveryOffer.objects.filter(partner=community).exists():
        make_delivery_offer(community)
    shipment = make_parcel(user, status=status)
    return ask_delivery(shipment=shipment, community=community, wish=wish(), asked_by=user)
