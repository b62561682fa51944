"""A community's year in small: something past with what people thought, something to come, a plan with its proposal."""

from datetime import timedelta

from django.utils import timezone

from catalog.delivery.enums import DayPart
from catalog.delivery.services import Wish, ask_delivery, plan_delivery, set_offer
from catalog.fulfilment.models import Shipment
from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.core.formatting import in_shanghai
from partners.communities.enums import ResourceKind
from partners.communities.models import Activity, Answer
from partners.communities.services import (
    ActivityPlan,
    CampaignWords,
    draft_proposal,
    publish_activity,
    save_activity,
    send_campaign,
)

from ..data import communities as data
from ..keys import stable_id


def make_communities() -> bool:
    """Plan the demo's activities and let the community bring a parcel, once; return whether it was done."""
    if Activity.objects.exists():
        return False
    partner = Partner.objects.get(public_id=stable_id("partner", "wangshan-community"))
    manager = User.objects.get(public_id=stable_id("user", "yan"))
    past = _plan(data.PAST, partner, manager)
    Activity.objects.filter(pk=past.pk).update(taken=14, came=11)
    Answer.objects.bulk_create(
        Answer(activity=past, helpful=helpful, would_come_again=again) for helpful, again in data.ANSWERS
    )
    _plan(data.COMING, partner, manager)
    draft_proposal(activity=_plan(data.PLANNED, partner, manager))
    words = CampaignWords(data.CAMPAIGN_TITLE, data.CAMPAIGN_TEXT, "home")
    send_campaign(words=words, sent_by=User.objects.get(public_id=stable_id("user", "staff")))
    _bring_a_parcel(partner, manager)
    return True


def _plan(activity: data.DemoActivity, partner: Partner, manager: User) -> Activity:
    day = in_shanghai(timezone.now()) + timedelta(days=activity.days)
    starts_at = day.replace(hour=activity.hour, minute=0, second=0, microsecond=0)
    plan = ActivityPlan(
        title=activity.title,
        summary=activity.summary,
        description=activity.description,
        need=activity.need,
        audience=activity.audience,
        district=partner.district,
        address=data.ADDRESS,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=activity.minutes),
        capacity=activity.capacity,
        resources={ResourceKind(kind): (count, note) for kind, count, note in activity.resources},
    )
    saved = save_activity(plan=plan, partner=partner, written_by=manager)
    Activity.objects.filter(pk=saved.pk).update(is_example=True)
    if activity.is_published:
        publish_activity(activity=saved, now=starts_at - timedelta(days=10))
    return saved


def _bring_a_parcel(partner: Partner, manager: User) -> None:
    """A family whose parcel is on its way asks for a visit; where the demo has no such parcel, nobody does."""
    set_offer(partner=partner, is_open=True, languages=data.LANGUAGES)
    parcel = Shipment.objects.filter(status="shipped", order__user__isnull=False).order_by("pk").first()
    if parcel is None or parcel.order.user is None:
        return
    wish = Wish(timezone.localdate() + timedelta(days=2), DayPart.AFTERNOON, data.LANGUAGES[0])
    task = ask_delivery(shipment=parcel, community=partner, wish=wish, asked_by=parcel.order.user)
    plan_delivery(task=task, worker=manager, planned_by=manager)
