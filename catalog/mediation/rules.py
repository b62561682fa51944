"""Who may speak in a dispute, who decides, and by when. Pure but for the partner's list of people."""

from datetime import datetime, timedelta

from catalog.order.models import Line
from catalog.order.rules import alone_fen
from catalog.order.selectors import bill_lines, bills
from catalog.partner.team.rules import Power, roles_with
from catalog.scheduling.selectors import family_sight
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User

from .enums import Side
from .models import Case

#: Payment companies take money back along the way it came for a year.
OPEN_WITHIN = timedelta(days=365)
ANSWER_WITHIN = timedelta(days=3)
DECIDE_WITHIN = timedelta(days=10)
APPEAL_WITHIN = timedelta(days=15)
#: How long the authority has to mediate a consumer's complaint.
MEDIATE_WITHIN = timedelta(days=60)
#: What one side may say at most.
EVIDENCE_LIMIT = 20
#: Whoever works in a team with one of these roles speaks for it.
SPEAKING_ROLES = roles_with(Power.ORDERS)


def may_speak_for_family(user: User, line: Line) -> bool:
    """Whether this person bought a line, or sees its bill whole because the young person's family shares it with them."""
    if not user.is_authenticated:
        return False
    return line.order.user_id == user.pk or _is_shared_with(user, line)


def _is_shared_with(user: User, line: Line) -> bool:
    """Both the sum and what it was: a dispute speaks of what was given."""
    sight = family_sight(user)
    found = bill_lines(sight).filter(pk=line.pk)
    return any(bill.shows_detail for bill in bills(found, sight))


def may_speak_for_partner(user: User, line: Line) -> bool:
    """Whether this person speaks for the line's partner."""
    return (
        line.partner is not None and line.partner.memberships.filter(user_id=user.pk, role__in=SPEAKING_ROLES).exists()
    )


def side_of(user: User, case: Case) -> Side | None:
    """For whom a person speaks in a dispute; None for strangers."""
    if user.pk in (case.opened_by_id, case.line.order.user_id):
        return Side.FAMILY
    return Side.PARTNER if may_speak_for_partner(user, case.line) else None


def deciding_limit_fen(duties: set[str]) -> int | None:
    """Up to what sum a person on these duties decides alone; None: they decide nothing."""
    if not duties & {Duty.SUPPORT, Duty.FINANCE}:
        return None
    return alone_fen(duties, is_partners=False)


def is_late(due_at: datetime | None, *, done_at: datetime | None, now: datetime) -> bool:
    """Whether a clock ran out before what it waits for came."""
    return due_at is not None and (done_at or now) > due_at
