"""Practising: an invented concern, marked as one, that goes the way a real one goes and reaches no family."""

from datetime import datetime

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.safeguarding.enums import Source

from .. import drills, rules
from ..errors import OnlyLeads
from ..models import Concern
from .opening import open_concern


@transaction.atomic
def start_drill(*, scenario: str, started_by: User, now: datetime | None = None) -> Concern:
    """Start a practice concern from one of the invented scenarios, by a lead. Raises OnlyLeads, KeyError."""
    if not rules.may_lead(started_by):
        raise OnlyLeads
    found = drills.SCENARIOS[scenario]
    return open_concern(
        kind=found.kind,
        level=found.level,
        source=Source.LETTER,
        ref=scenario,
        author=None,
        child=None,
        at=now,
        drill=True,
        drill_started_by=started_by,
    )
