"""What happens to disputes that nobody moves. Beat calls it every hour."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..enums import CaseState
from ..models import Case
from . import telling

_WITH_PEOPLE = ("line__order__user", "line__partner", "opened_by")


def tend_cases(*, now: datetime | None = None) -> int:
    """Go on without a partner that says nothing, end what nobody appealed, remind our staff of clocks that ran out.

    Returns how many changed.
    """
    now = now or timezone.now()
    changed = _go_on_unanswered(now) + _end_unappealed(now)
    for case in _waiting().filter(state=CaseState.DECIDING, decide_by__lte=now):
        telling.tell_late(case, "decide")
    for case in _waiting().filter(state=CaseState.MEDIATING, mediate_by__lte=now):
        telling.tell_late(case, "mediate")
    return changed


def _waiting() -> QuerySet[Case]:
    return Case.objects.select_related(*_WITH_PEOPLE).order_by("pk")


def _go_on_unanswered(now: datetime) -> int:
    return sum(
        _move(case, CaseState.OPEN, {"state": CaseState.DECIDING}, telling.tell_waiting)
        for case in _waiting().filter(state=CaseState.OPEN, answer_by__lte=now)
    )


def _end_unappealed(now: datetime) -> int:
    changes = {"state": CaseState.CLOSED, "closed_at": now}
    due = _waiting().filter(state=CaseState.DECIDED, appeal_by__lte=now)
    return sum(_move(case, CaseState.DECIDED, changes) for case in due)


@transaction.atomic(durable=True)
def _move(case: Case, state: CaseState, changes: dict[str, object], tell: object = None) -> int:
    """Move on what is still where it was found; one UPDATE, so that nobody's step is undone."""
    moved = Case.objects.filter(pk=case.pk, state=state).update(**changes)
    if moved and callable(tell):
        tell(case)
    return moved
