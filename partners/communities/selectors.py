"""Reads of communities: their activities, who comes, what people thought, proposals, invitations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.core.formatting import moment_text

from .enums import ActivityState, ProposalState, ResourceKind, SignUpState
from .models import Activity, ActivityVersion, Answer, Campaign, Invitation, InvitationChoice, Proposal, SignUp

#: Fewer answers than this are not shown: one could guess whose they are.
ENOUGH_ANSWERS = 10
#: Answers are shown by so many at a time, so that two looks do not tell what one person said in between.
ANSWER_BLOCK = 5


@dataclass(frozen=True)
class Opinion:
    """What people who came thought, of `number` answers."""

    number: int
    helpful: float
    again_percent: int


@dataclass(frozen=True)
class Attendance:
    """How many sign-ups, seats and people there; no names."""

    sign_ups: int
    seats: int
    came: int


def activities_of(partner: Partner) -> QuerySet[Activity]:
    """A community's activities, those to come first by time, then the past."""
    return Activity.objects.filter(partner=partner).order_by("-starts_at", "pk")


def public_activities(now: datetime, *, district: str = "") -> QuerySet[Activity]:
    """What anybody may come to, the next first."""
    found = Activity.objects.filter(state=ActivityState.PUBLISHED, ends_at__gt=now)
    if district:
        found = found.filter(district=district)
    return found.select_related("partner").order_by("starts_at", "pk")


def shown_activities() -> QuerySet[Activity]:
    """What has a public page: published, or called off after it was."""
    return Activity.objects.filter(published_at__isnull=False).select_related("partner")


def districts(now: datetime) -> list[str]:
    """Where activities are to come."""
    return sorted(set(public_activities(now).order_by().values_list("district", flat=True)))


def sign_up_of(activity: Activity, user: Any) -> SignUp | None:
    """A person's sign-up that stands, if any."""
    if not user.is_authenticated:
        return None
    return SignUp.objects.filter(activity=activity, person=user, state=SignUpState.GOING).first()


def attendance_of(activity: Activity) -> Attendance:
    """How many signed up and came."""
    going = SignUp.objects.filter(activity=activity, state=SignUpState.GOING)
    return Attendance(going.count(), activity.taken, activity.came)


def opinion_of(activity: Activity) -> Opinion | None:
    """What people thought; None below ten answers. Whole blocks of five in the order they came."""
    answers = list(Answer.objects.filter(activity=activity).order_by("pk").values_list("helpful", "would_come_again"))
    number = len(answers) // ANSWER_BLOCK * ANSWER_BLOCK
    if number < ENOUGH_ANSWERS:
        return None
    counted = answers[:number]
    again = sum(would for _, would in counted)
    return Opinion(number, round(sum(helpful for helpful, _ in counted) / number, 1), round(100 * again / number))


def proposals_of(activity: Activity) -> QuerySet[Proposal]:
    """Every version of the proposal, the one that counts first."""
    return activity.proposals.prefetch_related("lines__provider__partner").order_by("-number")


def grants_asked() -> QuerySet[Activity]:
    """Activities whose community asked for money and has none yet, the longest wait first."""
    asked = Activity.objects.filter(fund_asked_at__isnull=False, fund=None, fund_opened_at=None)
    waiting = asked.exclude(state=ActivityState.CANCELLED).select_related("partner")
    return waiting.prefetch_related("proposals").order_by("fund_asked_at")


def adopted(activity: Activity) -> Proposal | None:
    """The version a community adopted; of a prefetched activity without a query."""
    return next((each for each in activity.proposals.all() if each.state == ProposalState.ACCEPTED), None)


def campaigns_sent() -> QuerySet[Campaign]:
    """What communities were invited to, with how many were, the latest first."""
    return Campaign.objects.annotate(invited=Count("invitations")).order_by("-sent_at", "-pk")


def invitations_of(partner: Partner) -> QuerySet[Invitation]:
    """What a community was invited to, the latest first."""
    return Invitation.objects.filter(partner=partner).select_related("campaign")


def choice_of(partner: Partner) -> InvitationChoice:
    """What a community does not wish to be invited to; nothing, as long as it never said."""
    return InvitationChoice.objects.filter(partner=partner).first() or InvitationChoice(partner=partner)


def readable(version: ActivityVersion) -> list[tuple[str, str]]:
    """A version's plan as rows of name and value."""
    rows: list[tuple[str, str]] = []
    for name, value in version.content.items():
        if name == "resources":
            rows += [(str(ResourceKind(kind).label), f"{count} {note}".strip()) for kind, count, note in value]
            continue
        field = Activity._meta.get_field(name)
        choices = dict(getattr(field, "choices", None) or ())
        is_moment = name in ("starts_at", "ends_at")
        said = moment_text(datetime.fromisoformat(value)) if is_moment else choices.get(value, value)
        rows.append((str(field.verbose_name), str(said)))  # type: ignore[union-attr]
    return rows


def activities_at_the_door(partner: Partner) -> QuerySet[Activity]:
    """What a community's people may stand at the door of: published, and not over since yesterday."""
    since = timezone.now() - timedelta(days=1)
    return Activity.objects.filter(partner=partner, state=ActivityState.PUBLISHED, ends_at__gt=since)
