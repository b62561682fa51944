"""How long a vote lasts at least, and what we promise: an answer to each vote, and to each proposed question."""

from datetime import datetime, timedelta

from ..complaints.workdays import workdays_later
from .enums import AnswerState, ProposalStatus
from .models import Proposal, Question

#: So that somebody who comes once or twice a week can vote too.
SHORTEST_VOTE = timedelta(days=3)
#: From closing to our written answer, in days of the calendar.
ANSWER_WITHIN = timedelta(days=30)
REVIEW_WORKDAYS = 15


def answer_by(closes_at: datetime) -> datetime:
    """Return until when a vote has to be answered: reckoned from its end, however late the count was."""
    return closes_at + ANSWER_WITHIN


def review_by(proposed_at: datetime) -> datetime:
    """Return until when a proposal has to be answered."""
    return workdays_later(proposed_at, REVIEW_WORKDAYS)


def answer_state(question: Question, now: datetime) -> AnswerState | None:
    """Return how our promise on a question stands; None before closing."""
    if not question.answer_by:
        return None
    if question.answered_at:
        return AnswerState.KEPT
    return AnswerState.MISSED if now > question.answer_by else AnswerState.RUNNING


def is_late(proposal: Proposal, now: datetime) -> bool:
    """Return whether a proposal should have been answered by now."""
    return proposal.status == ProposalStatus.WAITING and now > proposal.answer_by
