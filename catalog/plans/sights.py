"""Looks at plans: every one is asked of consent's door, and written down."""

from collections.abc import Collection

from marketplace.accounts.models import User
from marketplace.consent.decisions import Decision
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.selectors import disclosures
from marketplace.consent.services import look
from marketplace.families.models import Child
from marketplace.families.selectors import guardians_of

from .models import CarePlan


def opened_to_family(viewer: User, children: Collection[Child]) -> list[Child]:
    """Return those of these children whose plans a person of the family may see; the looks are written down."""
    if not children:
        return []
    seen = look(viewer=viewer, children=children, items=[DataItem.PLAN], purpose=Purpose.GUARDIANSHIP)
    return [child for child in children if seen.may_see(child, DataItem.PLAN)]


def look_as_family(viewer: User, plan: CarePlan) -> Decision:
    """Return whether a person of the family may see one plan; the look is written down."""
    seen = look(viewer=viewer, children=[plan.child], items=[DataItem.PLAN], purpose=Purpose.GUARDIANSHIP)
    return seen.may_see(plan.child, DataItem.PLAN)


def is_open_to_family(viewer: User, child: Child) -> bool:
    """Whether a person of the family may see a child's plans; nothing is shown, so no look is written."""
    items, purpose = [DataItem.PLAN], Purpose.GUARDIANSHIP
    return bool(
        disclosures(viewer=viewer, children=[child], purpose=purpose, items=items).may_see(child, DataItem.PLAN)
    )


def readers_of(child: Child) -> list[User]:
    """Return who of the family may see a child's plans now: the young person, and guardians as age and consent say."""
    found = [child.account] if child.account is not None else []
    guardians = [each.guardian for each in guardians_of(child)]
    return found + [guardian for guardian in guardians if is_open_to_family(guardian, child)]
