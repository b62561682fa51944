"""Writing a question and putting it to young people."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from .. import locks
from ..clocks import SHORTEST_VOTE
from ..enums import QuestionStatus
from ..errors import ClosesTooSoon, NotDraft, TooFewOptions
from ..models import Option, Question
from ..rules import FEWEST_OPTIONS, MOST_OPTIONS


@transaction.atomic(durable=True)
def draft_question(
    *, title: str, why: str, options: Sequence[str], opens_at: datetime, closes_at: datetime, written_by: User
) -> Question:
    """Write a draft. Raises TooFewOptions, ClosesTooSoon."""
    chosen = _checked(options, opens_at, closes_at)
    question = Question.objects.create(
        title=title, why=why, opens_at=opens_at, closes_at=closes_at, written_by=written_by
    )
    _write_options(question, chosen)
    return question


@transaction.atomic(durable=True)
def edit_question(
    *, public_id: UUID, title: str, why: str, options: Sequence[str], opens_at: datetime, closes_at: datetime
) -> Question:
    """Change a draft. Raises NotDraft, TooFewOptions, ClosesTooSoon."""
    question = _draft(public_id)
    chosen = _checked(options, opens_at, closes_at)
    question.title, question.why, question.opens_at, question.closes_at = title, why, opens_at, closes_at
    question.save(update_fields=["title", "why", "opens_at", "closes_at"])
    question.options.all().delete()
    _write_options(question, chosen)
    return question


@transaction.atomic(durable=True)
def publish_question(*, public_id: UUID, now: datetime | None = None) -> Question:
    """Put a draft to young people; from then on it stays as it is. Raises NotDraft, ClosesTooSoon."""
    now = now or timezone.now()
    question = _draft(public_id)
    if question.closes_at - max(question.opens_at, now) < SHORTEST_VOTE:
        raise ClosesTooSoon
    question.status, question.published_at = QuestionStatus.PUBLISHED, now
    question.save(update_fields=["status", "published_at"])
    return question


def _draft(public_id: UUID) -> Question:
    question = locks.locked_question(public_id)
    if question.status != QuestionStatus.DRAFT:
        raise NotDraft
    return question


def _checked(options: Sequence[str], opens_at: datetime, closes_at: datetime) -> list[str]:
    chosen = list(dict.fromkeys(text.strip() for text in options if text.strip()))
    if not FEWEST_OPTIONS <= len(chosen) <= MOST_OPTIONS:
        raise TooFewOptions
    if closes_at - opens_at < SHORTEST_VOTE:
        raise ClosesTooSoon
    return chosen


def _write_options(question: Question, texts: Sequence[str]) -> None:
    Option.objects.bulk_create(
        Option(question=question, position=position, text=text) for position, text in enumerate(texts, start=1)
    )
