"""Saving the coping plan to the account, going back to an earlier one, and letting it go."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ..coping import SECTION_KEYS
from ..locks.coping import locked_plan
from ..models import CopingPlan, EarlierPlan
from ..practices.errors import PlanChangedElsewhere, PlanEmpty

#: How many earlier versions are kept.
EARLIER_KEPT = 10


@transaction.atomic(durable=True)
def save_plan(*, owner: User, sections: Mapping[str, str], revision: int, now: datetime | None = None) -> CopingPlan:
    """Save a plan; the one before becomes an earlier version. `revision` is the one the words started from (0: none).

    Raises: PlanEmpty, PlanChangedElsewhere.
    """
    now = now or timezone.now()
    written = {key: text for key in SECTION_KEYS if (text := sections.get(key, "").strip())}
    if not written:
        raise PlanEmpty
    first = {"sections": written, "saved_at": now, "used_at": now}
    begun, is_new = CopingPlan.objects.get_or_create(owner=owner, defaults=first)
    if is_new:
        return begun
    plan = locked_plan(begun.pk)
    if plan.sections == written:
        return plan
    if plan.revision != revision:
        raise PlanChangedElsewhere
    return _replace(plan, written, now)


@transaction.atomic(durable=True)
def restore_plan(*, owner: User, public_id: UUID, now: datetime | None = None) -> CopingPlan | None:
    """Make an earlier version the plan again, as a new version; None where there is none of this person's."""
    found = EarlierPlan.objects.filter(plan__owner=owner, public_id=public_id).select_related("plan__owner").first()
    if found is None:
        return None
    return _replace(locked_plan(found.plan_id), found.sections, now or timezone.now())


@transaction.atomic(durable=True)
def forget_plan(*, owner: User) -> bool:
    """Delete somebody's plan with all earlier ones; return whether there was one."""
    return bool(CopingPlan.objects.filter(owner=owner).delete()[0])


def note_plan_used(*, owner: User, now: datetime | None = None) -> None:
    """Note that a plan was opened, once a day at most: an unused one goes after its time."""
    now = now or timezone.now()
    CopingPlan.objects.filter(owner=owner, used_at__lt=now - timedelta(days=1)).update(used_at=now)


def _replace(plan: CopingPlan, sections: dict[str, str], now: datetime) -> CopingPlan:
    EarlierPlan.objects.create(plan=plan, sections=plan.sections, revision=plan.revision, saved_at=plan.saved_at)
    kept = plan.earlier.values("pk")[:EARLIER_KEPT]
    plan.earlier.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    plan.sections, plan.revision, plan.saved_at, plan.used_at = sections, plan.revision + 1, now, now
    plan.save(update_fields=["sections", "revision", "saved_at", "used_at"])
    return plan
