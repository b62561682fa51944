"""Reads of deliveries: what a family sees, what a manager plans by, and the little a worker needs at the door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Shipment
from catalog.partner.enums import OrganisationType
from catalog.partner.models import Membership
from marketplace.accounts.models import User

from .enums import OPEN_STATES
from .models import DeliveryOffer, DeliveryTask
from .rules import CARRIERS

#: Parcels that have not come yet.
ON_THE_WAY = (ShipmentStatus.WAITING, ShipmentStatus.SHIPPED)


@dataclass(frozen=True)
class DoorView:
    """All that a worker sees of a parcel: name, address, a neutral word for what is in it; when, and in which language."""

    task_id: UUID
    name: str
    address: str
    visit_on: date
    day_part: str
    language: str
    is_sent: bool


def offers() -> QuerySet[DeliveryOffer]:
    """The communities that bring parcels."""
    found = DeliveryOffer.objects.filter(is_open=True, partner__organisation_type=OrganisationType.COMMUNITY)
    return found.select_related("partner").order_by("partner__district", "partner__name", "pk")


def offer_of(community_id: int) -> DeliveryOffer | None:
    """What a community offers; None as long as it never said."""
    return DeliveryOffer.objects.filter(partner_id=community_id).first()


def parcel_to_bring(user: User, public_id: UUID) -> Shipment | None:
    """A person's own parcel that has not come yet."""
    mine = Shipment.objects.filter(order__user=user, status__in=ON_THE_WAY)
    return mine.select_related("order", "partner").filter(public_id=public_id).first()


def parcels_to_bring(user: User) -> QuerySet[Shipment]:
    """A person's own parcels that have not come and that nobody brings yet."""
    taken = DeliveryTask.objects.filter(state__in=OPEN_STATES).values("shipment")
    mine = Shipment.objects.filter(order__user=user, status__in=ON_THE_WAY).exclude(pk__in=taken)
    return mine.select_related("order", "partner").prefetch_related("lines").order_by("-created_at")


def deliveries_of(user: User) -> QuerySet[DeliveryTask]:
    """What a family had brought, the latest first; the code is for them."""
    return DeliveryTask.objects.filter(asked_by=user).select_related("shipment", "community", "worker").order_by("-pk")


def tasks_to_plan(community_id: int) -> QuerySet[DeliveryTask]:
    """A community's open tasks, for whoever plans them: no name and no street, only which part of town."""
    open_ones = DeliveryTask.objects.filter(community_id=community_id, state__in=OPEN_STATES).defer("code")
    return open_ones.select_related("worker", "shipment__order__shipping_address").order_by(
        "visit_on", "day_part", "pk"
    )


def tasks_of(worker: User, community_id: int) -> QuerySet[DeliveryTask]:
    """What one person is to bring, with addresses."""
    mine = DeliveryTask.objects.filter(worker=worker, community_id=community_id, state__in=OPEN_STATES).defer("code")
    return mine.select_related("shipment__order__shipping_address", "asked_by").order_by("visit_on", "day_part", "pk")


def carriers_of(community_id: int) -> Collection[User]:
    """Who of a community goes to doors."""
    rows = Membership.objects.filter(partner_id=community_id, role__in=CARRIERS, user__is_active=True)
    return [row.user for row in rows.select_related("user")]


def door_view(task: DeliveryTask) -> DoorView:
    """The little that a worker needs; made here, so that no page can show more."""
    address = task.shipment.order.shipping_address
    parts = (address.state, address.line4, address.line1, address.line2, address.line3) if address else ()
    return DoorView(
        task_id=task.public_id,
        name=address.name if address else "",
        address=" ".join(part for part in parts if part),
        visit_on=task.visit_on,
        day_part=task.get_day_part_display(),
        language=task.get_language_display(),
        is_sent=task.shipment.status == ShipmentStatus.SHIPPED,
    )


def part_of_town(task: DeliveryTask) -> str:
    """Which part of town a task leads to, without the street."""
    address = task.shipment.order.shipping_address
    return address.state if address else ""
