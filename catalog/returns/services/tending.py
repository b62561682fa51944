"""What happens to returns that nobody moves. Beat calls it every hour."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core.errors import Refusal

from ..enums import ReturnState
from ..models import ReturnRequest
from ..rules import ANSWER_WITHIN, RECEIVE_WITHIN
from ..selectors import latest_return_address
from . import telling
from .answering import agree

logger = logging.getLogger(__name__)


def tend_returns(*, now: datetime | None = None) -> int:
    """Agree to what was not answered in time, close what was never sent, ask staff about parcels nobody confirmed.

    Returns how many changed.
    """
    now = now or timezone.now()
    return _agree_unanswered(now) + _close_unsent(now) + _ask_about_lost(now)


def _agree_unanswered(now: datetime) -> int:
    """The law grants it: silence is a yes, where we know an address; else our staff find one."""
    waiting = ReturnRequest.objects.filter(state=ReturnState.ASKED, asked_at__lte=now - ANSWER_WITHIN)
    agreed = 0
    for request in waiting.select_related("line__partner", "line__order"):
        address = latest_return_address(request.line.partner) if request.line.partner else ""
        if not address:
            telling.tell_staff(request, "no-address")
            continue
        try:
            agree(request_id=request.pk, send_to=address, answered_by=None, now=now)
        except Refusal:  # answered at this moment
            continue
        agreed += 1
    return agreed


def _close_unsent(now: datetime) -> int:
    unsent = ReturnRequest.objects.filter(state=ReturnState.APPROVED, send_by__lte=now).select_related("line__order")
    closed = 0
    for request in unsent:
        with transaction.atomic():
            still = ReturnRequest.objects.filter(pk=request.pk, state=ReturnState.APPROVED)
            if still.update(state=ReturnState.LAPSED, ended_at=now):
                telling.tell_family(request, "lapsed")
                closed += 1
    return closed


def _ask_about_lost(now: datetime) -> int:
    lost = ReturnRequest.objects.filter(state=ReturnState.SENT_BACK, sent_at__lte=now - RECEIVE_WITHIN)
    for request in lost.select_related("line__order"):
        telling.tell_staff(request, "lost")
    return 0
