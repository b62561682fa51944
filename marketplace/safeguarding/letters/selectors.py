"""Reads of letters."""

from collections.abc import Collection
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from marketplace.accounts.models import User

from .clocks import Figures
from .enums import ThreadStatus
from .models import Letter, LetterThread


def threads_of(writer: User) -> "QuerySet[LetterThread]":
    """A writer's own threads, the latest letter on top; `has_news`: an answer they have not opened."""
    unread = Letter.objects.filter(thread=OuterRef("pk"), is_answer=True, opened_at=None)
    return (
        LetterThread.objects.filter(writer=writer).annotate(has_news=Exists(unread)).order_by("-last_letter_at", "-pk")
    )


def letters_in(thread: LetterThread) -> "QuerySet[Letter]":
    """A thread's letters, the oldest first."""
    return thread.letters.select_related("thread").order_by("sent_at", "pk")


def threads_to_answer(keys: Collection[str]) -> "QuerySet[LetterThread]":
    """What waits at some offices: what may be urgent first, then whose promise ends first."""
    waiting = LetterThread.objects.filter(office__in=keys, answer_by__isnull=False)
    return waiting.select_related("handler").order_by("-is_urgent", "answer_by", "pk")


def threads_answered(keys: Collection[str]) -> "QuerySet[LetterThread]":
    """What is answered or over at some offices, the latest first."""
    done = LetterThread.objects.filter(office__in=keys).exclude(status=ThreadStatus.WAITING)
    return done.select_related("handler").order_by("-last_letter_at", "-pk")


def letters_waiting_since(now: datetime, *, hours: int) -> "QuerySet[Letter]":
    """Letters whose clock has run for so many hours, the oldest first."""
    waiting = Letter.objects.filter(
        answer_by__isnull=False, answered_at=None, sent_at__lte=now - timedelta(hours=hours)
    )
    return waiting.select_related("thread").order_by("sent_at", "pk")


def figures(since: datetime, until: datetime, *, keys: Collection[str] | None = None) -> Figures:
    """How the promise was kept on letters sent in a span (drills left out); never paused, so plain elapsed time."""
    sent = Letter.objects.filter(answer_by__isnull=False, sent_at__gte=since, sent_at__lt=until, thread__is_drill=False)
    if keys is not None:
        sent = sent.filter(thread__office__in=keys)
    answered = sent.filter(answered_at__isnull=False)
    took = [span.total_seconds() / 3600 for span in answered.values_list(F("answered_at") - F("sent_at"), flat=True)]
    decided = sent.filter(Q(answered_at__isnull=False) | Q(answer_by__lt=until)).count()
    in_time = answered.filter(answered_at__lte=F("answer_by")).count()
    waiting = sent.filter(answered_at=None)
    return Figures(
        letters=sent.count(),
        answered=len(took),
        median_hours=round(median(took), 1) if took else None,
        share_in_time=round(in_time / decided, 4) if decided else None,
        waiting=waiting.count(),
        missed_now=waiting.filter(answer_by__lt=until).count(),
    )
