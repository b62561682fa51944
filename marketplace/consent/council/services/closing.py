"""Counting a vote that is over: the counts stay, the votes go, in one transaction."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import clocks, locks, rules
from ..enums import QuestionStatus
from ..models import Option, Question, Vote
from ..selectors import due_questions, late_proposals, late_questions
from .telling import tell_staff_of_proposal, tell_staff_of_question


def close_due_questions(*, now: datetime | None = None) -> int:
    """Count what has ended, and tell our staff, once each, which answers are late. Returns how many were counted.

    Opens a transaction for each question.
    """
    now = now or timezone.now()
    ended = list(due_questions(now).values_list("public_id", flat=True))
    counted = sum(close_question(public_id=public_id, now=now) for public_id in ended)
    _tell_of_late_answers(now)
    return counted


@transaction.atomic(durable=True)
def close_question(*, public_id: UUID, now: datetime | None = None) -> bool:
    """Count a question that is over and destroy its votes; return whether there was something to count.

    Below the floor the counts go with the votes: nobody, we included, learns what so few chose.
    """
    now = now or timezone.now()
    question = locks.locked_question(public_id)
    if not rules.is_due(question, now):
        return False
    votes = Vote.objects.filter(question=question)
    counts = Counter(votes.values_list("option_id", flat=True))
    if counts.total() >= rules.FLOOR:
        question.votes_counted = counts.total()
        _write_counts(question, counts)
    votes.delete()
    question.status = QuestionStatus.CLOSED
    question.answer_by = clocks.answer_by(question.closes_at)
    question.save(update_fields=["status", "votes_counted", "answer_by"])
    tell_staff_of_question(question, "closed", _("一个少年议事的问题投完了，请在 30 天内答复。"), now)
    return True


def _write_counts(question: Question, counts: Counter[int]) -> None:
    options = list(question.options.all())
    for option in options:
        option.votes = counts[option.pk]
    Option.objects.bulk_update(options, ["votes"])


@transaction.atomic(durable=True)
def _tell_of_late_answers(now: datetime) -> None:
    for question in late_questions(now):
        tell_staff_of_question(question, "late", _("少年议事有一个问题的答复已经超时。"), now)
    for proposal in late_proposals(now):
        tell_staff_of_proposal(proposal, "late", _("少年议事有一个提议的回复已经超时。"), now)
