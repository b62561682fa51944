"""Letting words through, or not: a reader's word, with a reason the author is told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from .. import locks
from ..enums import WordsRefusal, WordsState
from ..errors import AlreadyDecided, ReasonMissing
from ..models import Feedback


@transaction.atomic(durable=True)
def decide_words(
    *, public_id: UUID, publishes: bool, decided_by: User, refusal: str = "", now: datetime | None = None
) -> Feedback:
    """Show words as they were written, or not; `refusal` is a WordsRefusal. Stars count either way.

    Raises: AlreadyDecided, ReasonMissing.
    """
    feedback = locks.locked_feedback(public_id)
    if feedback.words_state != WordsState.WAITING:
        raise AlreadyDecided
    if not publishes and refusal not in WordsRefusal.values:
        raise ReasonMissing
    feedback.words_state = WordsState.PUBLISHED if publishes else WordsState.DECLINED
    feedback.shown_words = feedback.words if publishes else ""
    feedback.refusal = "" if publishes else refusal
    feedback.decided_by, feedback.decided_at = decided_by, now or timezone.now()
    feedback.save(update_fields=["words_state", "shown_words", "refusal", "decided_by", "decided_at"])
    if not publishes:
        _tell_author(feedback)
    return feedback


def _tell_author(feedback: Feedback) -> None:
    notify(
        key=f"feedback-{feedback.public_id}",
        recipient=feedback.person,
        subject=_("你写的话没有公开"),
        body=_("你写的话没有公开，原因写在那一页上。星数照样算。"),
        url=reverse("feedback:give", args=[feedback.booking.public_id]),
        channels=[Channel.IN_APP],
    )
