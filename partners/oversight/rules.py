"""Who answers for what went wrong: technical faults are ours, a departure from the service is the professionals'."""

from marketplace.consent.complaints.enums import Side
from payments.enums import IncidentKind
from payments.settlement.enums import EarnedBy

_SIDES: dict[IncidentKind, Side] = dict.fromkeys(IncidentKind, Side.TECHNICAL) | {
    IncidentKind.NOT_RATIFIED: Side.SERVICE,
}

#: What the rules for youth services count; things and public money do not belong to it.
YOUTH_SERVICES = frozenset({EarnedBy.SESSION.value, EarnedBy.COURSE.value, "plan"})


def side_of(kind: IncidentKind) -> Side:
    """Return the side that answers for an incident of this kind."""
    return _SIDES[kind]
