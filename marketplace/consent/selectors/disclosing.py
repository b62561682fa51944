"""May this person see that of a child?"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..disclosures import Disclosures
from ..enums import DataItem, Purpose
from ..ties import Facts, facts_about


def disclosures(
    *,
    viewer: User,
    children: Collection[Child],
    purpose: Purpose,
    now: datetime | None = None,
    items: Collection[DataItem] | None = None,
    records: Collection[UUID] | None = None,
) -> Disclosures:
    """Return what a viewer may see of some children for a purpose: one query, however many items, records and grants.

    `items` and `records` narrow what is read to what the page will ask about; None: everything. Narrowed pages must not
    ask about more: what was not read is refused. For pages that show data use `services.look`, which writes the looks down.
    """
    now = now or timezone.now()
    facts = Facts()
    if children and viewer.is_authenticated:
        facts = facts_about(
            viewer=viewer,
            child_ids=[child.pk for child in children],
            purpose=purpose,
            items=[item.value for item in (DataItem if items is None else items)],
            records=records,
            now=now,
        )
    return Disclosures(viewer=viewer, children=children, purpose=purpose, day=timezone.localdate(now), facts=facts)
