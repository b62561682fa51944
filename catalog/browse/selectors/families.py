"""For whom a family may look."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from marketplace.core.queries import CompiledQuery
from marketplace.families.age_rules import ADULT_AT
from marketplace.families.ages import age_on
from marketplace.families.enums import GuardianshipStatus
from marketplace.families.models import Child


class LookedFor(NamedTuple):
    """A child as the listing needs to know it."""

    public_id: UUID
    nickname: str
    born_on: date

    def age(self, today: date) -> int:
        """Return the age in full years."""
        return age_on(self.born_on, today)


_own = CompiledQuery(
    lambda ids: (
        Child.objects.filter(
            guardianships__guardian__in=ids, guardianships__status=GuardianshipStatus.ACTIVE, archived_at=None
        )
        .order_by("created_at", "pk")
        .values_list("public_id", "nickname", "born_on")
    )
)


def children_to_look_for(user: Any) -> list[LookedFor]:
    """Return the children this person cares for; nobody's when nobody is signed in."""
    if not user.is_authenticated:
        return []
    today = timezone.localdate()  # not in the query: it is compiled once, and would keep the day of that moment
    found = [LookedFor(*row) for row in _own.rows([user.pk])]
    return [child for child in found if child.age(today) < ADULT_AT]
