"""Writing an activity's plan, publishing it, calling it off. Every saved plan stays readable as a version."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from .. import locks
from ..enums import ActivityState, ResourceKind, SignUpState
from ..errors import CalledOff, StillDraft, TooFewSeats
from ..models import Activity, ActivityVersion, NeededResource, SignUp

#: What people who signed up must hear of.
_MATTERS = ("starts_at", "ends_at", "address")


@dataclass(frozen=True)
class ActivityPlan:
    """What an activity is to be. `resources`: how much of each kind, and a word about it."""

    title: str
    summary: str
    description: str
    need: str
    audience: str
    district: str
    address: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    resources: Mapping[ResourceKind, tuple[int, str]] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """Everything but the resources, by field name."""
        return {name: value for name, value in asdict(self).items() if name != "resources"}

    def content(self) -> dict[str, Any]:
        """The plan as a version keeps it."""
        kept = {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in self.fields().items()
        }
        kept["resources"] = [[str(kind), *wanted] for kind, wanted in self.resources.items() if wanted[0]]
        return kept


@transaction.atomic(durable=True)
def save_activity(
    *, plan: ActivityPlan, partner: Partner, written_by: User, activity: Activity | None = None
) -> Activity:
    """Begin an activity or change its plan; a plan that says nothing new makes no version.

    Raises: CalledOff, TooFewSeats.
    """
    if activity is None:
        saved = Activity.objects.create(partner=partner, **plan.fields())
    else:
        saved = locks.locked_activity(activity.pk)
        _refuse_change(saved, plan)
    moved = any(getattr(saved, name) != getattr(plan, name) for name in _MATTERS)
    latest = saved.versions.first()
    if latest is not None and latest.content == plan.content():
        return saved
    for name, value in plan.fields().items():
        setattr(saved, name, value)
    saved.version += 1
    saved.save()
    _write_resources(saved, plan)
    ActivityVersion.objects.create(activity=saved, number=saved.version, content=plan.content(), written_by=written_by)
    if moved and saved.state == ActivityState.PUBLISHED:
        body = _("你报名的活动改了时间或地点：{when}，{where}。去不了的话可以取消。").format(
            when=moment_text(saved.starts_at), where=saved.address
        )
        _tell_everybody(saved, f"moved-{saved.version}", _("活动有变化"), body)
    return saved


@transaction.atomic(durable=True)
def publish_activity(*, activity: Activity, now: datetime | None = None) -> Activity:
    """Put an activity on the public page; a second time changes nothing. Raises CalledOff, StillDraft."""
    now = now or timezone.now()
    activity = locks.locked_activity(activity.pk)
    if activity.state == ActivityState.CANCELLED:
        raise CalledOff
    if activity.starts_at <= now:
        raise StillDraft
    if activity.state == ActivityState.DRAFT:
        activity.state, activity.published_at = ActivityState.PUBLISHED, now
        activity.save(update_fields=["state", "published_at"])
    return activity


@transaction.atomic(durable=True)
def cancel_activity(*, activity: Activity, now: datetime | None = None) -> Activity:
    """Call an activity off and tell everybody who signed up. A second time changes nothing."""
    activity = locks.locked_activity(activity.pk)
    if activity.state == ActivityState.CANCELLED:
        return activity
    activity.state, activity.cancelled_at = ActivityState.CANCELLED, now or timezone.now()
    activity.save(update_fields=["state", "cancelled_at"])
    _tell_everybody(activity, "off", _("活动取消了"), _("你报名的活动取消了，很抱歉。页面上有说明。"))
    return activity


def _refuse_change(activity: Activity, plan: ActivityPlan) -> None:
    if activity.state == ActivityState.CANCELLED:
        raise CalledOff
    if plan.capacity < activity.taken:
        raise TooFewSeats


def _write_resources(activity: Activity, plan: ActivityPlan) -> None:
    activity.resources.all().delete()
    NeededResource.objects.bulk_create(
        NeededResource(activity=activity, kind=kind, quantity=quantity, note=note)
        for kind, (quantity, note) in plan.resources.items()
        if quantity
    )


def _tell_everybody(activity: Activity, what: str, subject: str, body: str) -> None:
    rows = SignUp.objects.filter(activity=activity, state=SignUpState.GOING).select_related("person")
    for sign_up in rows:
        notify(
            key=f"activity-{sign_up.public_id}-{what}",
            recipient=sign_up.person,
            subject=subject,
            body=body,
            url=activity.get_absolute_url(),
            channels=[Channel.IN_APP],
        )
