"""What ties a viewer to children: every fact a decision can rest on, read by one statement.

The statement probes the ledger's index once for each child, grantee and item, so it costs the same with one grant and
with ten thousand.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

from . import registry
from .decisions import Membership
from .enums import Affiliation, Purpose
from .prepared import rows_of
from .registry import Source


class Kind(StrEnum):
    """What a fact is."""

    MEMBER = "member"
    DUTY = "duty"
    GUARDIAN = "guardian"
    SERVICE = "service"
    CONSENT = "consent"
    KNOWN = "known"
    OVERRIDE = "override"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Tie:
    """One fact about the viewer and one child.

    `record`: only for this record; None for all of them. `grantee_id`: the person or organisation it is for.
    `words`: of a guardian the scope, of a consent who had to agree.
    """

    kind: Kind
    child_id: int
    items: frozenset[str] = frozenset()
    record: UUID | None = None
    consent_id: UUID | None = None
    grantee_id: UUID | None = None
    is_live: bool = True
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Everything the door knows about one viewer on one page."""

    memberships: tuple[Membership, ...] = ()
    duties: frozenset[str] = frozenset()
    ties: dict[int, list[Tie]] = field(default_factory=dict)

    @classmethod
    def of(cls, memberships: Iterable[Membership], duties: Iterable[str], ties: Iterable[Tie]) -> "Facts":
        """Sort ties by child."""
        by_child: dict[int, list[Tie]] = {}
        for tie in ties:
            by_child.setdefault(tie.child_id, []).append(tie)
        return cls(tuple(memberships), frozenset(duties), by_child)


#: Who asks, where they belong, and which of their grants concern these children at all.
_ASKED = """
WITH member (organisation_id, affiliation, label) AS MATERIALIZED ({members}),
pair (child_id, grantee_id) AS MATERIALIZED (
    SELECT child.id, grantee.id FROM unnest(%s::bigint[]) AS child (id)
    CROSS JOIN (SELECT %s::uuid UNION ALL SELECT organisation_id FROM member) AS grantee (id)
    WHERE EXISTS (SELECT 1 FROM consent_standingconsent s
                  WHERE s.child_id = child.id AND s.grantee_id = grantee.id AND s.record IS NULL)
       OR EXISTS (SELECT 1 FROM consent_standingconsent s
                  WHERE s.child_id = child.id AND s.grantee_id = grantee.id AND s.record IS NOT NULL)
)
SELECT 'member', NULL::bigint, NULL::uuid, NULL::text[], NULL::uuid, organisation_id, true, ARRAY[affiliation, label]::text[]
FROM member
UNION ALL SELECT 'known', child_id, NULL, NULL, NULL, grantee_id, true, NULL FROM pair
"""
_NOWHERE: Source = ("SELECT NULL::uuid, NULL::text, NULL::text WHERE false", [])
_DUTY = """
SELECT 'duty', NULL, NULL, NULL, NULL, NULL, true, ARRAY[duty]::text[] FROM accounts_dutyshift
WHERE user_id = %s AND begins_at <= %s AND ends_at > %s
"""
_GUARDIAN = """
SELECT 'guardian', child_id, NULL, NULL, NULL, NULL, true, ARRAY[scope]::text[] FROM families_guardianship
WHERE guardian_id = %s AND child_id = ANY(%s) AND status = 'active'
"""
_SERVICE = """
SELECT 'service', child_id, record, items::text[], NULL, organisation_id, true, NULL
FROM ({relations}) AS served (child_id, record, organisation_id, items)
"""
_CONSENT = """
SELECT 'consent', pair.child_id, NULL, ARRAY[standing.item]::text[], c.public_id, pair.grantee_id,
       standing.is_live AND standing.ends_at > %s, c.needs::text[]
FROM pair CROSS JOIN unnest(%s::text[]) AS wanted (item)
CROSS JOIN LATERAL (
    SELECT s.item, s.consent_id, s.is_live, s.ends_at FROM consent_standingconsent s
    WHERE s.child_id = pair.child_id AND s.grantee_id = pair.grantee_id AND s.purpose = %s
      AND s.item = wanted.item AND s.record IS NULL AND s.begins_at <= %s
    ORDER BY s.is_live DESC, s.ends_at DESC LIMIT 1
) AS standing JOIN consent_consent c ON c.id = standing.consent_id
"""
_CONSENT_FOR_RECORDS = """
SELECT 'consent', pair.child_id, s.record, ARRAY[s.item]::text[], c.public_id, pair.grantee_id,
       s.is_live AND s.ends_at > %s, c.needs::text[]
FROM pair JOIN consent_standingconsent s
  ON s.child_id = pair.child_id AND s.grantee_id = pair.grantee_id AND s.purpose = %s AND s.begins_at <= %s
 AND s.record IS NOT NULL AND s.item = ANY(%s)
JOIN consent_consent c ON c.id = s.consent_id
"""
_OVERRIDE = """
SELECT 'override', child_id, NULL, items::text[], public_id, NULL, true, NULL FROM consent_safetyoverride
WHERE child_id = ANY(%s) AND approved_at <= %s AND expires_at > %s
"""
_EMERGENCY = """
SELECT 'emergency', child_id, NULL, items::text[], NULL, NULL, true, NULL FROM ({relations}) AS endangered (child_id, items)
"""


def facts_about(
    *,
    viewer: User,
    child_ids: Sequence[int],
    purpose: Purpose,
    items: Sequence[str],
    records: Collection[UUID] | None,
    now: datetime,
) -> Facts:
    """Return what ties the viewer to the children, in one query.

    `records`: load consents for single records only for these; None: for every record.
    """
    arms = [
        _asked(viewer, child_ids, purpose),
        *_ties_by_purpose(viewer, list(child_ids), purpose, now),
        (_CONSENT, [now, list(items), purpose.value, now]),
        *_for_records(purpose, items, records, now),
    ]
    rows = rows_of(*_union(arms))
    memberships = [Membership(row[5], Affiliation(row[7][0]), row[7][1]) for row in rows if row[0] == Kind.MEMBER]
    duties = [row[7][0] for row in rows if row[0] == Kind.DUTY]
    return Facts.of(memberships, duties, (_tie(row) for row in rows if row[1] is not None))


def _tie(row: tuple[Any, ...]) -> Tie:
    kind, child_id, record, items, consent_id, grantee_id, is_live, words = row
    return Tie(
        Kind(kind), child_id, frozenset(items or ()), record, consent_id, grantee_id, is_live, tuple(words or ())
    )


def _asked(viewer: User, child_ids: Sequence[int], purpose: Purpose) -> Source:
    belongs_nowhere = purpose == Purpose.GUARDIANSHIP or viewer.role == Role.STAFF
    members = _union([] if belongs_nowhere else registry.memberships_of(viewer))
    return _ASKED.format(members=members[0]), [*members[1], list(child_ids), viewer.public_id]


def _ties_by_purpose(viewer: User, child_ids: list[int], purpose: Purpose, now: datetime) -> list[Source]:
    arms: list[Source] = []
    if purpose == Purpose.GUARDIANSHIP:
        arms.append((_GUARDIAN, [viewer.pk, child_ids]))
    if purpose == Purpose.CARE and (relations := registry.service_relations_of(viewer, child_ids, now)):
        sql, values = _union(relations)
        arms.append((_SERVICE.format(relations=sql), values))
    if viewer.role == Role.STAFF:
        arms.append((_DUTY, [viewer.pk, now, now]))
    if purpose == Purpose.SAFETY:
        arms.append((_OVERRIDE, [child_ids, now, now]))
        if relations := registry.emergency_relations_of(viewer, child_ids, now):
            sql, values = _union(relations)
            arms.append((_EMERGENCY.format(relations=sql), values))
    return arms


def _for_records(
    purpose: Purpose, items: Sequence[str], records: Collection[UUID] | None, now: datetime
) -> list[Source]:
    values = [now, purpose.value, now, list(items)]
    if records is None:
        return [(_CONSENT_FOR_RECORDS, values)]
    return [(_CONSENT_FOR_RECORDS + " AND s.record = ANY(%s)", [*values, list(records)])] if records else []


def _union(arms: Sequence[Source]) -> Source:
    if not arms:
        return _NOWHERE
    return " UNION ALL ".join(sql for sql, _ in arms), [value for _, values in arms for value in values]
