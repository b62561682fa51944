"""Reads of the register of processing and of its impact assessments."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet

from marketplace.core.grades import Grade, GradeFault, fields_of, grade_of, our_models

from .models import ImpactAssessment
from .register import ACTIVITIES, Activity
from .rules import is_due_soon, is_overdue


@dataclass(frozen=True)
class AssessmentState:
    """Where an activity stands: its latest assessment, and whether the next one is due."""

    activity: Activity
    latest: ImpactAssessment | None
    is_overdue: bool
    is_due_soon: bool


def latest_assessments() -> dict[str, ImpactAssessment]:
    """The newest assessment of each activity."""
    rows = ImpactAssessment.objects.order_by("activity", "-assessed_on", "-pk").distinct("activity")
    return {row.activity: row for row in rows}


def assessment_states(today: date) -> list[AssessmentState]:
    """Every activity that needs assessing, the late ones first."""
    latest = latest_assessments()
    states = []
    for activity in (activity for activity in ACTIVITIES if activity.needs_assessment):
        row = latest.get(activity.key)
        due = row.next_due_on if row else None
        states.append(AssessmentState(activity, row, is_overdue(due, today), is_due_soon(due, today)))
    return sorted(states, key=lambda state: (not state.is_overdue, not state.is_due_soon))


def assessments_of(activity: str) -> QuerySet[ImpactAssessment]:
    """All assessments of one activity, the newest first."""
    return ImpactAssessment.objects.filter(activity=activity).order_by("-assessed_on", "-pk")


def grade_of_activity(activity: Activity) -> Grade:
    """The highest grade among the fields an activity keeps; L3 where packages keep them (sessions)."""
    models = {model._meta.label: model for model in our_models()}
    grades = [
        _grade(models[label], field.name)
        for label in activity.models
        if label in models
        for field in fields_of(models[label])
    ]
    return max(grades, default=Grade.L3)


def _grade(model: type[Model], field: str) -> Grade:
    """A field's grade; one that nobody graded counts as the most sensitive, and a public page stays open."""
    try:
        return grade_of(model, field)
    except GradeFault:
        return Grade.L4
