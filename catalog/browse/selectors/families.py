"""For whom a family may look."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from marketplace.core.queries import CompiledQuery
from marketplace.families.ages import age_on
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
        Child.objects.filter(guardianships__guardian__in=ids, archived_at=None)
        .order_by("created_at", "pk")
        .values_list("public_id", "nickname", "born_on")
    )
)


def children_to_look_for(user: Any) -> list[LookedFor]:
    """Return the children this person cares for; nobody's when nobody is signed in."""
    return [LookedFor(*row) for row in _own.rows([user.pk])] if user.is_authenticated else []
