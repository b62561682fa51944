"""Looking at somebody's data: decided by the one door, and written down, seen or not."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.core.audit.services import AccessNote, record_accesses
from marketplace.core.labels import kept_label
from marketplace.families.models import Child

from ..decisions import Decision
from ..disclosures import Disclosures
from ..enums import DataItem, GivenAs, Purpose, Reason
from ..rules import DUTY_OF, WHOLE_ITEMS
from ..selectors import disclosures

Records = Mapping[Child, Collection[UUID]]


def look(
    *,
    viewer: User,
    children: Collection[Child],
    items: Collection[DataItem],
    purpose: Purpose,
    records: Records | None = None,
    now: datetime | None = None,
) -> Disclosures:
    """Return what the viewer may see of the items a page shows, and write down every look, refused ones too.

    `records` names by child the single records (a booking's public id) that the page shows. Two queries: one read, one
    INSERT. Show only what `may_see` allows; where it does not, show its sentence.
    """
    records = records or {}
    children = list(dict.fromkeys(children))
    seen = disclosures(
        viewer=viewer,
        children=children,
        purpose=purpose,
        now=now,
        items=items,
        records={record for of_child in records.values() for record in of_child},
    )
    notes = [note for child in children for note in _notes(seen, child, items, records.get(child, ()))]
    if notes:
        record_accesses(notes)
    return seen


def _notes(
    seen: Disclosures, child: Child, items: Collection[DataItem], records: Collection[UUID]
) -> Iterator[AccessNote]:
    """One note for each outcome: what was seen, and what was not, with the records meant."""
    grouped: dict[Decision, tuple[dict[str, None], dict[UUID, None]]] = {}
    for item in items:
        for record in records if records and item not in WHOLE_ITEMS else (None,):
            decision = seen.may_see(child, item, record)
            about = grouped.setdefault(Decision(decision.is_allowed, decision.reason), ({}, {}))
            about[0][item.value] = None
            if record is not None:
                about[1][record] = None
    for decision, (named, meant) in grouped.items():
        yield AccessNote(
            actor=seen.viewer,
            subject_id=child.public_id,
            items=list(named),
            purpose=seen.purpose,
            is_allowed=decision.is_allowed,
            reason=decision.reason,
            actor_label=actor_label(seen, decision.reason),
            records=list(meant),
        )


def actor_label(seen: Disclosures, reason: Reason) -> str:
    """Return who looks in plain words to keep: role and organisation, never a name."""
    if reason == Reason.OWN:
        return kept_label(GivenAs.TEEN.label)
    if seen.viewer.role == Role.STAFF:
        duty = DUTY_OF.get(seen.purpose)
        return kept_label("心桥", Duty(duty).label if duty else Role.STAFF.label)
    if seen.memberships and seen.purpose != Purpose.GUARDIANSHIP:
        membership = seen.memberships[0]
        return kept_label(membership.label, membership.affiliation.label)
    is_guardian = seen.purpose == Purpose.GUARDIANSHIP
    return kept_label(GivenAs.GUARDIAN.label if is_guardian else Role(seen.viewer.role).label)
