"""A family says that something went wrong, or that it is settled after all."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.order.locks import lock_order_with_holdings
from catalog.order.models import Line
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers

from .. import locks
from ..enums import OPEN_CASE_STATES, CaseState, Topic
from ..errors import CaseHadItsEnd, CaseIsOpen, CaseMovedOn, CaseTooLate, CaseWordsMissing, NotYourCase
from ..models import Case
from ..rules import ANSWER_WITHIN, DECIDE_WITHIN, OPEN_WITHIN, may_speak_for_family
from . import telling


@transaction.atomic(durable=True)
def open_case(*, line: Line, opened_by: User, topic: Topic, words: str, now: datetime | None = None) -> Case:
    """Open a dispute about one thing of a paid order; its partner is asked to say something within three days.

    Once per thing; again only after it was taken back.

    Raises: NotYourCase, CaseTooLate, CaseWordsMissing, CaseIsOpen, CaseHadItsEnd.
    """
    now = now or timezone.now()
    order = lock_order_with_holdings(line.order_id)
    line = Line.objects.select_related("order__user", "partner").get(pk=line.pk)
    if order.paid_at is None or line.partner is None or not may_speak_for_family(opened_by, line):
        raise NotYourCase
    if now - order.paid_at > OPEN_WITHIN:
        raise CaseTooLate
    if not words.strip():
        raise CaseWordsMissing
    earlier = set(Case.objects.filter(line=line).values_list("state", flat=True))
    if earlier & set(OPEN_CASE_STATES):
        raise CaseIsOpen
    if CaseState.CLOSED in earlier:
        raise CaseHadItsEnd
    case = Case.objects.create(
        line=line,
        opened_by=opened_by,
        topic=topic,
        words=without_identity_numbers(words.strip()),
        opened_at=now,
        answer_by=now + ANSWER_WITHIN,
        decide_by=now + DECIDE_WITHIN,
    )
    telling.tell_opened(case)
    return case


@transaction.atomic(durable=True)
def withdraw_case(*, case: Case, withdrawn_by: User, now: datetime | None = None) -> Case:
    """Take a dispute back before it is decided; only who opened it. Raises: NotYourCase, CaseMovedOn."""
    lock_order_with_holdings(case.line.order_id)
    locked = locks.locked_case(case.pk)
    if locked.opened_by_id != withdrawn_by.pk:
        raise NotYourCase
    if locked.state not in (CaseState.OPEN, CaseState.DECIDING):
        raise CaseMovedOn
    locked.state, locked.closed_at = CaseState.WITHDRAWN, now or timezone.now()
    locked.save(update_fields=["state", "closed_at"])
    telling.tell_withdrawn(locked)
    return locked
