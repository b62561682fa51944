"""Things of communities the doors name: activities and sign-ups, visits with parcels."""

from datetime import timedelta

from django.utils import timezone

from catalog.delivery.models import DeliveryOffer, DeliveryTask
from catalog.delivery.services import plan_delivery
from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Shipment
from catalog.partner.models import Partner
from marketplace.doors.kinds import Visitor
from partners.communities.enums import ProposalState
from partners.communities.models import Activity, ActivityVersion, Proposal
from tests import factories
from tests.factories.communities import make_activity, make_community, make_delivery_offer, make_sign_up, wish

from .door_things import Person, Thing, thing


def _community_of(person: Person) -> Partner:
    """The community of the side's partner staff, who manage it beside their clinic."""
    user = person.side.people[Visitor.PARTNER_STAFF].user
    found = Partner.objects.filter(memberships__user=user, organisation_type="community").first()
    if found is None:
        found = make_community()
        found.memberships.create(user=user)
    return found


def _activity_of(person: Person) -> Activity:
    community = _community_of(person)
    found = Activity.objects.filter(partner=community).first()
    return found or make_activity(community=community, starts_at=timezone.now() + timedelta(hours=1))


@thing("community's activity")
def _own_activity(person: Person) -> Thing:
    row = _activity_of(person)
    return Thing({"public_id": row.public_id}, row, is_open=True, data={"number": "1"})  # it stands on the public list


@thing("version of an activity")
def _version(person: Person) -> Thing:
    activity = _activity_of(person)
    row = activity.versions.first() or ActivityVersion.objects.create(
        activity=activity, number=1, content={"title": activity.title}
    )
    return Thing({"public_id": activity.public_id, "number": row.number}, row, is_open=True)


@thing("activity that asks for money")
def _asks_for_money(person: Person) -> Thing:
    """Of one community, for every member of our staff another."""
    row = make_activity(fund_asked_at=timezone.now())
    Proposal.objects.create(
        activity=row,
        number=1,
        state=ProposalState.ACCEPTED,
        accepted_at=timezone.now(),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        reach=10,
        budget_fen=20_000,
    )
    return Thing({"public_id": row.public_id}, row, is_open=True)


@thing("public activity")
def _public_activity(person: Person) -> Thing:
    row = make_activity()
    return Thing({"public_id": row.public_id}, row, is_open=True, is_shared=True, data={"seats": "1"})


@thing("activity sign-up")
def _sign_up(person: Person) -> Thing:
    row = make_sign_up(make_activity(), person.user)
    return Thing({"public_id": row.public_id}, row, data={"helpful": "5", "would_come_again": "yes"})


def _visit(person: Person, community: Partner) -> DeliveryTask:
    if not DeliveryOffer.objects.filter(partner=community).exists():
        make_delivery_offer(community)
    order = person.thing("order").row
    parcel, _ = Shipment.objects.get_or_create(
        order=order,
        partner=factories.make_partner(),
        defaults={"status": ShipmentStatus.SHIPPED, "shipped_at": timezone.now()},
    )
    chosen = wish()
    return DeliveryTask.objects.create(
        shipment=parcel,
        community=community,
        asked_by=person.user,
        language=chosen.language,
        visit_on=chosen.visit_on,
        day_part=chosen.day_part,
        code="123456",
    )


@thing("own visit")
def _own_visit(person: Person) -> Thing:
    row = _visit(person, make_community())
    return Thing({"public_id": row.public_id}, row)


@thing("visit to bring")
def _visit_to_bring(person: Person) -> Thing:
    """A visit of the side's community with a family's parcel, given to the side's partner staff."""
    community = _community_of(person)
    worker = person.side.people[Visitor.PARTNER_STAFF].user
    row = _visit(person.side.people[Visitor.FAMILY], community)
    plan_delivery(task=row, worker=worker, planned_by=worker)
    return Thing({"public_id": row.public_id}, row, data={"worker": str(worker.public_id)})
