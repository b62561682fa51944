"""Answering published words in public. Nobody reads a reply before one of our people did: it must not tell who came."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.partner.models import Partner
from catalog.partner.team.rules import Power
from catalog.partner.team.selectors import has_power
from marketplace.accounts.models import User
from marketplace.core.log_masking import masked

from .. import locks
from ..enums import ReplyState, WordsState
from ..errors import AlreadyDecided, NothingToReplyTo, ReplyMissing, ReplyNamesSomebody, ReplyShownAlready
from ..models import REPLY_LENGTH, Feedback, FeedbackReply

_ADDRESS = re.compile(r"https?://|www\.|微信号|加微信|\bQQ\b", re.IGNORECASE)


@transaction.atomic
def reply_to_words(
    *, public_id: UUID, partner: Partner, words: str, written_by: User, now: datetime | None = None
) -> FeedbackReply:
    """Answer what somebody wrote about a session here; until it is shown, a newer answer takes its place.

    Raises NothingToReplyTo, ReplyMissing, ReplyNamesSomebody, ReplyShownAlready.
    """
    try:
        feedback = locks.locked_feedback(public_id)
    except Feedback.DoesNotExist:
        raise NothingToReplyTo from None
    is_theirs = feedback.booking.occupancy.provider.partner_id == partner.pk
    if not is_theirs or feedback.words_state != WordsState.PUBLISHED or not has_power(written_by, partner, Power.CARE):
        raise NothingToReplyTo
    words = words.strip()[:REPLY_LENGTH]
    if not words:
        raise ReplyMissing
    if masked(words) != words or _ADDRESS.search(words):
        raise ReplyNamesSomebody
    reply = FeedbackReply.objects.filter(feedback=feedback).first() or FeedbackReply(feedback=feedback)
    if reply.is_shown:
        raise ReplyShownAlready
    reply.words, reply.state, reply.decided_at, reply.decided_by = words, ReplyState.WAITING, None, None
    reply.written_by, reply.written_at = written_by, now or timezone.now()
    reply.save()
    return reply


@transaction.atomic
def decide_reply(*, public_id: UUID, publishes: bool, decided_by: User, now: datetime | None = None) -> FeedbackReply:
    """Show an organisation's reply, or not. Raises AlreadyDecided."""
    reply = FeedbackReply.objects.select_for_update(of=("self",)).get(public_id=public_id)
    if reply.state != ReplyState.WAITING:
        raise AlreadyDecided
    reply.state = ReplyState.PUBLISHED if publishes else ReplyState.DECLINED
    reply.decided_by, reply.decided_at = decided_by, now or timezone.now()
    reply.save(update_fields=["state", "decided_by", "decided_at"])
    return reply
