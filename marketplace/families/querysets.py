"""Which guardianships count: active, and of somebody who is not of age yet. Asked here and nowhere else.

A birthday needs no task to take effect: who is 18 today has no guardian in force, whatever a row says.
"""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from .age_rules import ADULT_AT
from .ages import latest_birth_of_age
from .enums import GuardianshipScope, GuardianshipStatus


def _latest_birth_of_adults(today: date | None) -> date:
    return latest_birth_of_age(ADULT_AT, today or timezone.localdate())


class GuardianshipQuerySet(models.QuerySet):
    """Guardianships."""

    def in_force(self, *, today: date | None = None) -> "GuardianshipQuerySet":
        """Those that count on a (Shanghai) day, oldest first."""
        born_after = _latest_birth_of_adults(today)
        rows = self.filter(status=GuardianshipStatus.ACTIVE, child__born_on__gt=born_after)
        return rows.order_by("created_at", "pk")

    def full(self) -> "GuardianshipQuerySet":
        """Those of people who stand for the child with all that a guardian may do."""
        return self.filter(scope=GuardianshipScope.FULL)


class ChildQuerySet(models.QuerySet):
    """Profiles."""

    def cared_for_by(self, user_ids: Any, *, today: date | None = None) -> "ChildQuerySet":
        """Those who have one of these people as a guardian in force, of whatever scope; archived ones too."""
        return self.filter(
            guardianships__guardian__in=user_ids,
            guardianships__status=GuardianshipStatus.ACTIVE,
            born_on__gt=_latest_birth_of_adults(today),
        )

    def grown_up(self, *, today: date | None = None) -> "ChildQuerySet":
        """Those of people who are of age."""
        return self.filter(born_on__lte=_latest_birth_of_adults(today))
