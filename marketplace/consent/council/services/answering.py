"""Our answers: to a vote, for everybody to read; to a proposal, for the young person who made it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers

from .. import locks
from ..enums import REVIEWED, ProposalStatus, QuestionStatus
from ..errors import AlreadyAnswered, NotCounted
from ..models import Proposal, Question
from .telling import tell_proposer


@transaction.atomic(durable=True)
def answer_question(*, public_id: UUID, answer: str, answered_by: User, now: datetime | None = None) -> Question:
    """Say what we decide, what changes, or why not: public, once. Raises NotCounted, AlreadyAnswered."""
    question = locks.locked_question(public_id)
    if question.status != QuestionStatus.CLOSED:
        raise NotCounted
    if question.answered_at:
        raise AlreadyAnswered
    question.answer, question.answered_at, question.answered_by = answer, now or timezone.now(), answered_by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    return question


@transaction.atomic(durable=True)
def review_proposal(
    *, public_id: UUID, status: str, answer: str, answered_by: User, now: datetime | None = None
) -> Proposal:
    """Take a proposed question up, or say why not now. `status` is one of REVIEWED. Raises AlreadyAnswered."""
    if status not in REVIEWED:
        raise ValueError(f"{status} is no outcome of a review")
    proposal = locks.locked_proposal(public_id)
    if proposal.status != ProposalStatus.WAITING:
        raise AlreadyAnswered
    proposal.status, proposal.answer = status, without_identity_numbers(answer)
    proposal.answered_at, proposal.answered_by = now or timezone.now(), answered_by
    proposal.save(update_fields=["status", "answer", "answered_at", "answered_by"])
    tell_proposer(proposal)
    return proposal
