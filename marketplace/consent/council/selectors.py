"""Reads of the council. None of them tells a choice or a count before closing, except a voter's own choice."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from marketplace.families.models import Child

from .enums import ProposalStatus, QuestionStatus
from .models import Proposal, Question, Vote
from .tags import voter_tag


def open_questions(now: datetime) -> "QuerySet[Question]":
    """Return the questions that take votes now with their options, the one that ends first on top."""
    shown = Question.objects.filter(status=QuestionStatus.PUBLISHED, opens_at__lte=now, closes_at__gt=now)
    return shown.prefetch_related("options").order_by("closes_at", "pk")


def ended_questions(now: datetime) -> "QuerySet[Question]":
    """Return the questions that are over with their options, the latest first; the last may still be counted."""
    published = Question.objects.exclude(status=QuestionStatus.DRAFT)
    return published.filter(closes_at__lte=now).prefetch_related("options").order_by("-closes_at", "-pk")


def public_questions(now: datetime) -> "QuerySet[Question]":
    """Return what anybody may read: what is open or over."""
    shown = Question.objects.exclude(status=QuestionStatus.DRAFT)
    return shown.filter(opens_at__lte=now).prefetch_related("options")


def own_choices(profile: Child, questions: Collection[Question]) -> dict[int, int]:
    """Return which option a young person chose, by the question's pk; in one query, for their own eyes alone."""
    tags = [voter_tag(profile, question) for question in questions]
    return dict(Vote.objects.filter(tag__in=tags).values_list("question_id", "option_id")) if tags else {}


def own_votes(profile: Child) -> "QuerySet[Vote]":
    """Return a young person's votes that are not counted yet, for a copy of their data or its erasure."""
    uncounted = Question.objects.filter(status=QuestionStatus.PUBLISHED)
    tags = [voter_tag(profile, question) for question in uncounted]
    return Vote.objects.filter(tag__in=tags)


def due_questions(now: datetime) -> "QuerySet[Question]":
    """Return the questions that have ended and are still to be counted."""
    return Question.objects.filter(status=QuestionStatus.PUBLISHED, closes_at__lte=now)


def late_questions(now: datetime) -> "QuerySet[Question]":
    """Return counted questions whose answer is late."""
    return Question.objects.filter(status=QuestionStatus.CLOSED, answered_at=None, answer_by__lt=now)


def late_proposals(now: datetime) -> "QuerySet[Proposal]":
    """Return proposals whose answer is late."""
    return Proposal.objects.filter(status=ProposalStatus.WAITING, answer_by__lt=now)


def questions_for_desk() -> "QuerySet[Question]":
    """Return every question, drafts and what waits for our answer first."""
    return Question.objects.select_related("written_by").order_by("answered_at", "-closes_at", "-pk")


def proposals_of(profile: Child) -> "QuerySet[Proposal]":
    """Return what a young person proposed, the newest first."""
    return Proposal.objects.filter(child=profile)


def proposals_for_desk() -> "QuerySet[Proposal]":
    """Return proposals still to be answered, urgent ones first, then what is due first; their words stay sealed."""
    waiting = Proposal.objects.filter(status=ProposalStatus.WAITING)
    return waiting.select_related("child").order_by("-is_urgent", "answer_by", "pk")
