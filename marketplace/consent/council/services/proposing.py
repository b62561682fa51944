"""Proposing a question, and taking the proposal back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.core.search.words import asks_for_help_now

from .. import clocks, locks, rules
from ..enums import ProposalStatus
from ..errors import AlreadyAnswered, NotYoung, TooManyProposals
from ..models import Proposal
from .telling import tell_staff_of_proposal


@transaction.atomic(durable=True)
def propose_question(*, text: str, proposed_by: User, now: datetime | None = None) -> Proposal:
    """Take a proposal in and start its clock; words of danger make it urgent. Raises NotYoung, TooManyProposals."""
    now = now or timezone.now()
    profile = locks.locked_profile_of(proposed_by)
    if profile is None or not rules.may_take_part(proposed_by, profile):
        raise NotYoung
    if Proposal.objects.filter(child=profile, status=ProposalStatus.WAITING).count() >= rules.MOST_WAITING:
        raise TooManyProposals
    proposal = Proposal.objects.create(
        child=profile,
        text=without_identity_numbers(text),
        is_urgent=asks_for_help_now(text),
        proposed_at=now,
        answer_by=clocks.review_by(now),
    )
    body = _("少年议事有一个要先看的提议。") if proposal.is_urgent else _("少年议事有一个新的提议。")
    tell_staff_of_proposal(proposal, "new", body, now)
    return proposal


@transaction.atomic(durable=True)
def withdraw_proposal(*, public_id: UUID, withdrawn_by: User) -> None:
    """Take one's own proposal back before it is answered: it is deleted. Raises Proposal.DoesNotExist, AlreadyAnswered."""
    proposal = locks.locked_proposal(public_id)
    if proposal.child.account_id != withdrawn_by.pk:
        raise Proposal.DoesNotExist
    if proposal.status != ProposalStatus.WAITING:
        raise AlreadyAnswered
    proposal.delete()
