"""Reads of the desk. Nothing here leads from a text to an account, and no figure is about one moderator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Max,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Extract, Floor, Greatest, Least, TruncDate
from django.utils import timezone

from marketplace.accounts.duty.selectors import people_with
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User

from ..models import Alias, Appeal, CareBreak, Case, Claim, Decision, Post, Reply, Report, TrainingRecord
from . import care, rules
from .enums import REQUIRED_TRAINING, SHOWING, Cause, Urgency

#: Whose waits are counted for what we promise: new texts, not second looks.
_FIRST_LOOKS = (Cause.NEW, Cause.GATE, Cause.HOLD)
#: So many decisions a median is told of, at least; fewer say nothing.
ENOUGH_DECISIONS = 5
_A_SPELL = timedelta(hours=24)


class Percentile(Aggregate):
    """percentile_cont of PostgreSQL, by the fraction."""

    function = "percentile_cont"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()
    allow_distinct = False


# --- the queue ---


def queue(now: datetime) -> "QuerySet[Case]":
    """Return open cases with `standing` (the urgency by now), the most urgent and then the oldest first.

    Their texts are not read; `claims_now` holds the live claim, if somebody has it in hand.
    """
    steps = Floor(
        Extract(ExpressionWrapper(Value(now) - F("opened_at"), output_field=DurationField()), "epoch")
        / rules.A_STEP_SOONER.total_seconds()
    )
    aged = Least(Value(float(Urgency.NEXT)), F("urgency") + Greatest(Value(0.0), steps), output_field=FloatField())
    live = Claim.objects.filter(ended_at=None, expires_at__gt=now).select_related("moderator")
    cases = Case.objects.filter(settled_at=None).select_related("post__topic", "reply__thread__topic", "appeal")
    return (
        cases.defer("post__text", "reply__text", "reply__thread__text")
        .annotate(standing=Greatest(Cast("urgency", FloatField()), aged))
        .prefetch_related(Prefetch("claims", live, to_attr="claims_now"))
        .order_by("-standing", "opened_at", "pk")
    )


def case_in_hand(moderator: User, now: datetime) -> Case | None:
    """Return what a moderator has in hand."""
    return Case.objects.filter(claims__moderator=moderator, claims__ended_at=None, claims__expires_at__gt=now).first()


def has_in_hand(moderator: User, case: Case, now: datetime) -> bool:
    """Return whether this case is in this moderator's hand already."""
    return case.claims.filter(moderator=moderator, ended_at=None, expires_at__gt=now).exists()


def settled_cases() -> "QuerySet[Case]":
    """Return decided cases, the newest decision first."""
    standing = Decision.objects.filter(undone_at=None)
    decided = Case.objects.filter(settled_at__isnull=False, decisions__undone_at=None, decisions__isnull=False)
    return (
        decided.select_related("post__topic", "reply__thread__topic")
        .defer("post__text", "reply__text", "reply__thread__text")
        .prefetch_related(Prefetch("decisions", standing, to_attr="standing_decisions"))
        .order_by("-settled_at", "-pk")
        .distinct()
    )


def alias_of(case: Case) -> Alias | None:
    """Return the name a text was written under in its thread: all that a moderator learns of its writer."""
    if case.reply:
        return case.reply.alias
    return Alias.objects.filter(thread_id=case.post_id, is_author=True).defer("member").first()


def voices_about(writing: Post | Reply) -> list[rules.Voice]:
    """Return the reports about a text as the rules see them, since a moderator last looked at such reports."""
    reports = reports_about(writing)
    looked = writing.cases.filter(reports_count__gt=0, decisions__undone_at=None)
    looked_at = looked.aggregate(last=Max("decisions__decided_at"))["last"]
    if looked_at:
        reports = reports.filter(reported_at__gt=looked_at)
    return [rules.Voice(*row) for row in reports.values_list("reason", "is_member")]


def earlier_decisions(case: Case) -> "QuerySet[Decision]":
    """Return what was decided about the same text before, the newest first; by whom is nobody's business here."""
    about = Q(case__post=case.post_id) if case.post_id else Q(case__reply=case.reply_id)
    return Decision.objects.filter(about).exclude(case=case).select_related("case").order_by("-decided_at", "-pk")


def reports_about(writing: Post | Reply) -> "QuerySet[Report]":
    """Return the reports about a text."""
    return writing.reports.order_by("reported_at", "pk")


def was_kept(writing: Post | Reply) -> bool:
    """Return whether a moderator has looked at this text because of reports, and left it."""
    cases = writing.cases.filter(reports_count__gt=0, decisions__undone_at=None, decisions__outcome__in=SHOWING)
    return cases.exists()


# --- the author's side ---


def standing_decision(writing: Post | Reply) -> Decision | None:
    """Return the newest decision about a text that stands."""
    side = {"case__post": writing} if isinstance(writing, Post) else {"case__reply": writing}
    found = Decision.objects.filter(undone_at=None, **side).select_related("case")
    return found.order_by("-decided_at", "-pk").first()


def decisions_about(writings: Iterable[Post | Reply]) -> dict[tuple[str, int], Decision]:
    """Return the newest standing decision of each of these texts, by ("post" or "reply", row number). One query."""
    writings = list(writings)
    posts = [each.pk for each in writings if isinstance(each, Post)]
    replies = [each.pk for each in writings if isinstance(each, Reply)]
    found = Decision.objects.filter(
        Q(case__post__in=posts) | Q(case__reply__in=replies), undone_at=None
    ).select_related("case", "appeal")
    newest: dict[tuple[str, int], Decision] = {}
    for decision in found.order_by("decided_at", "pk"):
        case = decision.case
        key = ("post", case.post_id) if case.post_id else ("reply", case.reply_id or 0)
        newest[key] = decision
    return newest


def has_appealed(writing: Post | Reply) -> bool:
    """Return whether somebody was asked to look again at this text before."""
    side = {"decision__case__post": writing} if isinstance(writing, Post) else {"decision__case__reply": writing}
    return Appeal.objects.filter(**side).exists()


# --- who looks, and how they are ---


def is_trained(moderator: User, day: date) -> bool:
    """Return whether a moderator has every training that is needed, valid on a day."""
    return not missing_training(moderator, day)


def missing_training(moderator: User, day: date) -> list[str]:
    """Return what a moderator still has to learn, or again."""
    held = TrainingRecord.objects.filter(moderator=moderator, completed_on__lte=day, valid_until__gte=day)
    courses = set(held.values_list("course", flat=True))
    return [course for course in REQUIRED_TRAINING if course not in courses]


def training_of(moderator: User) -> "QuerySet[TrainingRecord]":
    """Return what a moderator learned."""
    return TrainingRecord.objects.filter(moderator=moderator).select_related("recorded_by").order_by("course", "-pk")


def moderators() -> "QuerySet[User]":
    """Return everybody of our staff whose duty it is to look after the community."""
    return people_with(Duty.MODERATION)


def care_state(moderator: User, now: datetime) -> care.State:
    """Return where a moderator is in a spell of work."""
    claims = Claim.objects.filter(moderator=moderator, claimed_at__gt=now - _A_SPELL).select_related("case")
    spans = [
        care.Span(
            each.claimed_at,
            each.ended_at or (each.expires_at if each.expires_at <= now else None),
            each.opened_at if each.case.is_hard else None,
        )
        for each in claims
    ]
    breaks = CareBreak.objects.filter(moderator=moderator, began_at__gt=now - _A_SPELL, ended_at__isnull=False)
    rests = [care.Rest(each.began_at, each.ended_at) for each in breaks if each.ended_at]
    return care.state(spans, rests, now=now, day_began_at=_day_began(now))


def running_rest(moderator: User) -> CareBreak | None:
    """Return the rest a moderator has now."""
    return CareBreak.objects.filter(moderator=moderator, ended_at=None).first()


def _day_began(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


# --- how long things wait ---


@dataclass(frozen=True, slots=True)
class Waits:
    """How long texts waited: on a day (None: over all of the span), in whole seconds; None where there were none."""

    day: date | None
    count: int
    median: int | None
    slowest: int | None  # the 95th percentile: all but one in twenty were sooner


def _first_looks(since: datetime) -> "QuerySet[Decision]":
    return Decision.objects.filter(undone_at=None, decided_at__gte=since, case__cause__in=_FIRST_LOOKS)


_FIGURES = {
    "count": Count("pk"),
    "median": Percentile("waited_seconds", fraction="0.5"),
    "slowest": Percentile("waited_seconds", fraction="0.95"),
}


def waits_by_day(now: datetime, days: int = 14) -> list[Waits]:
    """Return how long first looks took on each of the last days that had any, the newest first."""
    rows = (
        _first_looks(now - timedelta(days=days))
        .annotate(day=TruncDate("decided_at"))
        .order_by("-day")
        .values("day")
        .annotate(**_FIGURES)
    )
    return [_waits(row["day"], row) for row in rows]


def waits_over(now: datetime, days: int = 7) -> Waits:
    """Return how long first looks took over the last days."""
    return _waits(None, _first_looks(now - timedelta(days=days)).aggregate(**_FIGURES))


def usual_wait_minutes(now: datetime) -> int | None:
    """Return in how many minutes half of what is written is seen: of a week, or a month; None where too little is known."""
    for days in (7, 30):
        waits = waits_over(now, days)
        if waits.count >= ENOUGH_DECISIONS and waits.median is not None:
            return max(1, round(waits.median / 60))
    return None


def oldest_wait(now: datetime) -> timedelta | None:
    """Return how long the oldest open case has waited."""
    oldest = Case.objects.filter(settled_at=None).order_by("opened_at").values_list("opened_at", flat=True).first()
    return now - oldest if oldest else None


def _waits(day: date | None, row: Mapping[str, Any]) -> Waits:
    def whole(value: float | int | None) -> int | None:
        return None if value is None else round(value)

    return Waits(day, int(row["count"] or 0), whole(row["median"]), whole(row["slowest"]))
