"""Row locks of check-ins."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.families.models import Child

from ..models import CheckInPlan, CheckInPrompt


def due_plans(now: datetime) -> "QuerySet[CheckInPlan]":
    """Running plans whose next asking has come; a plan another worker holds is passed over."""
    due = CheckInPlan.objects.filter(stopped_at=None, next_at__lte=now, child__archived_at=None)
    return due.select_for_update(of=("self",), skip_locked=True).select_related("child__account").order_by("next_at")


def plan_of(child: Child) -> CheckInPlan | None:
    """A young person's plan, locked."""
    return CheckInPlan.objects.select_for_update().filter(child=child).first()


def prompt(child: Child, public_id: UUID) -> CheckInPrompt:
    """An asking of one's own, locked. Raises CheckInPrompt.DoesNotExist."""
    rows = CheckInPrompt.objects.select_for_update(of=("self",)).select_related("plan__child")
    return rows.get(plan__child=child, public_id=public_id)


def open_prompts(now: datetime, told_before: datetime) -> "QuerySet[CheckInPrompt]":
    """Askings that have something to happen: their rest is over, or nobody answered for long."""
    over = Q(snoozed_until__lte=now) | Q(snoozed_until=None, told_at__lt=told_before)
    rows = CheckInPrompt.objects.filter(over, ended_at=None).select_related("plan__child__account")
    return rows.select_for_update(of=("self",), skip_locked=True).order_by("told_at", "pk")
