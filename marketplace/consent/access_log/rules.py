"""Whose record of looks a person may read, and what stays out of it for somebody's safety."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.models import SafetyOverride
from marketplace.families.age_rules import rules_on
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Child

#: A worry about a child's safety may be about the one who cares for it (law on minors, art. 11).
NOT_FOR_GUARDIANS = Q(purpose__in=[Purpose.SAFETY.value, "legal_hold"]) | Q(items__contains=[DataItem.CONCERN.value])


def may_guardian_read(child: Child, scope: str, today: date) -> bool:
    """Whether a guardian of this scope reads the child's record: below 14 a full one does, from then on nobody else."""
    return scope == GuardianshipScope.FULL and not rules_on(child.born_on, today).decides_alone


def not_yet_to_be_told(overrides: Iterable[SafetyOverride]) -> Q:
    """What looks a young person is not shown now, because saying so would be dangerous: those of these exceptions.

    They appear once the person is told. Everything outside an exception's own time is shown.
    """
    hidden = Q(pk=None)
    for override in overrides:
        ends = [moment for moment in (override.expires_at, override.reviewed_at) if moment]
        time = Q(recorded_at__gte=override.opened_at)
        if override.reviewed_at and ends:
            time &= Q(recorded_at__lte=max(ends))
        hidden |= Q(purpose=Purpose.SAFETY) & time
    return hidden
