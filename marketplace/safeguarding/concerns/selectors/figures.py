"""Figures of the desk: spans of time and counts, never a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Min, Q, QuerySet

from ..clocks import ACKNOWLEDGE_WITHIN
from ..enums import RIGHT_ALARMS, EventKind, Outcome
from ..models import Concern, ConcernEvent
from ..playbooks import playbook_of


class Percentile(Aggregate):
    """The value below which a share of the values lies (PostgreSQL's percentile_cont)."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: str, *, share: float, **extra: Any) -> None:
        super().__init__(expression, share=float(share), **extra)


@dataclass(frozen=True, slots=True)
class Figures:
    """What came in a span and how it went; times in seconds, None where nothing was measured.

    `precision` is the share of closed concerns that were right to be looked at.
    """

    opened: int
    closed: int
    acknowledged: int
    in_time: int
    median_seconds: float | None
    p95_seconds: float | None
    by_kind: dict[str, int]
    by_outcome: dict[str, int]
    precision: float | None


@dataclass(frozen=True, slots=True)
class DrillResult:
    """How a drill went: seconds to the first acknowledgement (None: nobody), steps done of all."""

    concern: Concern
    seconds: int | None
    steps_done: int
    steps: int


def figures(since: datetime, until: datetime) -> Figures:
    """Return the desk's figures of real concerns opened in a span. Five queries, whatever there is."""
    opened = Concern.objects.filter(is_drill=False, opened_at__gte=since, opened_at__lt=until)
    looks = ConcernEvent.objects.filter(
        kind=EventKind.ACKNOWLEDGED, seconds__isnull=False, concern__is_drill=False, at__gte=since, at__lt=until
    )
    times = looks.aggregate(
        count=Count("pk"),
        in_time=Count("pk", filter=Q(seconds__lte=ACKNOWLEDGE_WITHIN.total_seconds())),
        median=Percentile("seconds", share=0.5),
        p95=Percentile("seconds", share=0.95),
    )
    outcomes = _counts(opened.exclude(outcome=""), "outcome")
    return Figures(
        opened=opened.count(),
        closed=sum(outcomes.values()),
        acknowledged=times["count"],
        in_time=times["in_time"],
        median_seconds=times["median"],
        p95_seconds=times["p95"],
        by_kind=_counts(opened, "kind"),
        by_outcome=outcomes,
        precision=_precision(outcomes),
    )


def drill_results(*, limit: int = 20) -> list[DrillResult]:
    """Return the latest drills with how they went. One query."""
    acknowledged = Q(events__kind=EventKind.ACKNOWLEDGED)
    drills = Concern.objects.filter(is_drill=True, erased_at=None).select_related("drill_started_by")
    found = drills.annotate(
        first_look=Min("events__seconds", filter=acknowledged),
        step_count=Count("steps", distinct=True),
    ).order_by("-opened_at", "-pk")[:limit]
    return [DrillResult(each, each.first_look, each.step_count, len(playbook_of(each.kind).steps)) for each in found]


def _counts(concerns: "QuerySet[Concern]", field: str) -> dict[str, int]:
    return dict(concerns.order_by(field).values_list(field).annotate(count=Count("pk")))


def _precision(outcomes: dict[str, int]) -> float | None:
    right = sum(outcomes.get(each, 0) for each in RIGHT_ALARMS)
    judged = right + outcomes.get(Outcome.NO_DANGER, 0)
    return round(right / judged, 4) if judged else None
