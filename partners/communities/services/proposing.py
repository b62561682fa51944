"""Drawing up a cooperation proposal, changing it, adopting it. Every change is a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.models import User

from .. import locks
from ..candidates import candidates_for
from ..drafting import Draft, Wish, draw_up
from ..enums import ActivityState, Because, LineKind, ProposalState, ResourceKind
from ..errors import CalledOff, NewerVersion, ProposalDecided
from ..models import Activity, Proposal, ProposalLine


@dataclass(frozen=True)
class EditedLine:
    """One line as a person wrote it. `line_id` names the line it was, whose reasons stay while its words and sum do."""

    what: str
    amount_fen: int
    line_id: int | None = None


@dataclass(frozen=True)
class ProposalEdit:
    """A proposal as a person wants it; `from_number` is the version they had before them."""

    from_number: int
    starts_at: datetime
    ends_at: datetime
    reach: int
    lines: Sequence[EditedLine]


def draft_proposal(*, activity: Activity, now: datetime | None = None) -> Proposal:
    """Draw up a proposal from need, district, free time and public prices, as the next version.

    Raises: CalledOff, ProposalDecided.
    """
    wish = _wish_of(activity)
    signed_up, came = seats_before(activity.partner)
    draft = draw_up(wish, candidates_for(activity.need, wish, now=now), signed_up=signed_up, came=came)
    return _write_draft(activity, draft)


@transaction.atomic(durable=True)
def _write_draft(activity: Activity, draft: Draft) -> Proposal:
    proposal = Proposal.objects.create(
        activity=activity,
        number=_next_number(activity),
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        reach=draft.reach,
        budget_fen=draft.budget_fen,
        why_time=draft.why_time,
        why_reach=draft.why_reach,
    )
    ProposalLine.objects.bulk_create(
        ProposalLine(
            proposal=proposal,
            kind=line.kind,
            provider_id=line.provider_id,
            what=line.what,
            amount_fen=line.amount_fen,
            why=line.why,
        )
        for line in draft.lines
    )
    return proposal


@transaction.atomic(durable=True)
def edit_proposal(*, activity: Activity, edit: ProposalEdit, written_by: User) -> Proposal:
    """Write the next version as a person wants it; the one before stays. Raises CalledOff, ProposalDecided, NewerVersion."""
    number = _next_number(activity)
    before = Proposal.objects.filter(activity=activity, number=number - 1).first()
    if before is None or before.number != edit.from_number:
        raise NewerVersion
    by_hand = [[Because.BY_HAND, {}]]
    is_moved = (before.starts_at, before.ends_at) != (edit.starts_at, edit.ends_at)
    proposal = Proposal.objects.create(
        activity=activity,
        number=number,
        starts_at=edit.starts_at,
        ends_at=edit.ends_at,
        reach=edit.reach,
        budget_fen=sum(line.amount_fen for line in edit.lines),
        why_time=by_hand if is_moved else before.why_time,
        why_reach=before.why_reach if edit.reach == before.reach else by_hand,
        written_by=written_by,
        is_drafted=False,
    )
    known = {line.pk: line for line in before.lines.all()}
    ProposalLine.objects.bulk_create(_line(proposal, line, known.get(line.line_id or 0)) for line in edit.lines)
    return proposal


def _line(proposal: Proposal, line: EditedLine, was: ProposalLine | None) -> ProposalLine:
    """A line that says another thing now, or another sum, has lost its reasons."""
    same = was is not None and (was.what, was.amount_fen) == (line.what, line.amount_fen)
    return ProposalLine(
        proposal=proposal,
        kind=was.kind if was else LineKind.OTHER,
        provider_id=was.provider_id if was and was.what == line.what else None,
        what=line.what,
        amount_fen=line.amount_fen,
        why=was.why if was and same else [[Because.BY_HAND, {}]],
    )


@transaction.atomic(durable=True)
def accept_proposal(*, activity: Activity, number: int, now: datetime | None = None) -> Proposal:
    """Adopt the latest version: it is not changed any more. Raises CalledOff, ProposalDecided, NewerVersion."""
    locks.locked_activity(activity.pk)
    proposal = _open_proposal(activity)
    if proposal is None or proposal.number != number:
        raise NewerVersion
    proposal.state, proposal.accepted_at = ProposalState.ACCEPTED, now or timezone.now()
    proposal.save(update_fields=["state", "accepted_at"])
    return proposal


def seats_before(partner: Partner) -> tuple[int, int]:
    """How many seats were signed up for at this community's past activities, and how many people came."""
    past = Activity.objects.filter(partner=partner, state=ActivityState.PUBLISHED, ends_at__lt=timezone.now())
    sums = past.aggregate(all=Sum("taken"), came=Sum("came"))
    return sums["all"] or 0, sums["came"] or 0


def _wish_of(activity: Activity) -> Wish:
    resources = {ResourceKind(each.kind): each.quantity for each in activity.resources.all()}
    return Wish(activity.district, activity.starts_at, activity.ends_at, activity.capacity, resources)


def _next_number(activity: Activity) -> int:
    """The number of the next version, with the activity locked. Raises CalledOff, ProposalDecided."""
    if locks.locked_activity(activity.pk).state == ActivityState.CANCELLED:
        raise CalledOff
    latest = _open_proposal(activity)
    return latest.number + 1 if latest else 1


def _open_proposal(activity: Activity) -> Proposal | None:
    latest = locks.latest_proposal(activity)
    if latest is not None and latest.state == ProposalState.ACCEPTED:
        raise ProposalDecided
    return latest
