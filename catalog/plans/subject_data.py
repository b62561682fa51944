"""What plans hold about people: of a young person all that was shown to them, and who changed it when."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes
from marketplace.core.encryption.keys import prefetch_keys

from .enums import SHOWN_PLAN_STATUSES
from .fhir import care_plan
from .models import CarePlan
from .selectors import whole_plans


def _plans(subject: Subject) -> "QuerySet[CarePlan]":
    if subject.child is None:
        return CarePlan.objects.none()
    return CarePlan.objects.filter(child=subject.child).order_by("begun_at", "pk")


def _shown(subject: Subject) -> list[CarePlan]:
    """What a family was shown; a draft is its writer's until then."""
    if subject.scope is not Scope.FULL or subject.child is None:
        return []
    found = whole_plans().filter(child=subject.child, status__in=SHOWN_PLAN_STATUSES).prefetch_related("versions")
    plans = list(found.order_by("begun_at", "pk"))
    prefetch_keys([*plans, *(each for plan in plans for each in (*plan.goals.all(), *plan.steps.all()))])
    return plans


def _row(plan: CarePlan) -> dict[str, Any]:
    return {
        "id": plan.public_id,
        "title": plan.title,
        "about": plan.about,
        "provider": plan.provider.name,
        "status": plan.get_status_display(),
        "started_at": plan.started_at,
        "ended_at": plan.ended_at,
        "closing": plan.closing,
        "review_on": plan.review_on,
        "goals": [{"text": goal.text, "status": goal.get_status_display()} for goal in plan.goals.all()],
        "steps": [
            {
                "text": step.text,
                "status": step.get_status_display(),
                "review_on": step.review_on,
                "asks_for": step.service.product.title if step.service else "",
                "bookings": [link.booking.public_id for link in step.step_bookings.all()],
            }
            for step in plan.steps.all()
        ],
        "changes": [
            {"number": each.number, "change": each.get_change_display(), "changed_at": each.changed_at}
            for each in plan.versions.all()
        ],
    }


def _export(subject: Subject) -> list[Section]:
    plans = _shown(subject)
    if not plans:
        return []
    columns = {
        "title": _("标题"),
        "about": _("为什么有这份计划"),
        "provider": _("咨询师"),
        "status": _("状态"),
        "started_at": _("开始"),
        "ended_at": _("结束"),
    }
    return [Section("care_plans", _("支持计划"), columns, [_row(plan) for plan in plans])]


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    return [resource for plan in _shown(subject) for resource in care_plan(plan)]


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("支持计划和它的每一次改动（平台上的副本）"), _plans(subject))]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for plans."""
    register(
        SubjectData(
            key="care_plans",
            title=_("支持计划"),
            covers=frozenset({"plans.CarePlan", "plans.PlanGoal", "plans.PlanStep", "plans.PlanVersion"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            fhir=_fhir,
        )
    )
