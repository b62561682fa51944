"""Writing down what a plan says after a change. Joins the transaction of the change, the plan locked."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from marketplace.accounts.models import User

from ..enums import PlanChange
from ..models import CarePlan, PlanVersion


def note_change(plan: CarePlan, change: PlanChange, *, changed_by: User, now: datetime) -> PlanVersion:
    """Add a version with the whole plan in it, as the database has it now."""
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    plan.changed_at = now
    plan.save(update_fields=["changed_at"])
    return PlanVersion.objects.create(
        plan=plan, number=last + 1, change=change, changed_by=changed_by, changed_at=now, content=_content(plan)
    )


def _content(plan: CarePlan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "about": plan.about,
        "closing": plan.closing,
        "status": plan.status,
        "review_on": plan.review_on and plan.review_on.isoformat(),
        "goals": [{"text": goal.text, "status": goal.status} for goal in plan.goals.order_by("order", "pk")],
        "steps": [
            {
                "text": step.text,
                "status": step.status,
                "review_on": step.review_on and step.review_on.isoformat(),
                "asks_for": step.service.product.title if step.service else "",
            }
            for step in plan.steps.select_related("service__product").order_by("order", "pk")
        ],
    }
