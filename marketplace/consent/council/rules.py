"""Who may do what in the council, and what may be shown."""

from datetime import datetime

from marketplace.accounts.models import User
from marketplace.accounts.rules import is_teen
from marketplace.families.age_rules import AccountRule
from marketplace.families.models import Child

from .enums import QuestionStatus
from .models import Question

#: Fewer votes than this are never shown: a few choices would soon be traced to a few people.
FLOOR = 5
FEWEST_OPTIONS, MOST_OPTIONS = 2, 5
#: How many proposals of one young person may wait for an answer.
MOST_WAITING = 3


def may_take_part(user: User, profile: Child | None) -> bool:
    """Return whether somebody votes and proposes: a young person with an account of their own, from 8 to 17."""
    if profile is None or not is_teen(user):
        return False
    rules = profile.rules
    return rules.account is not AccountRule.PARENT_ONLY and not rules.is_adult


def is_open(question: Question, now: datetime) -> bool:
    """Return whether votes are taken at a moment."""
    return question.status == QuestionStatus.PUBLISHED and question.opens_at <= now < question.closes_at


def is_due(question: Question, now: datetime) -> bool:
    """Return whether a question has ended and is still to be counted."""
    return question.status == QuestionStatus.PUBLISHED and question.closes_at <= now
