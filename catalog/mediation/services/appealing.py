"""A side that does not agree asks for the authority; who lets the time pass agrees."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.order.locks import lock_order_with_holdings
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers

from .. import locks
from ..enums import CaseState
from ..errors import AppealTooLate, CaseMovedOn, CaseWordsMissing, NotYourCase
from ..models import Case
from ..rules import MEDIATE_WITHIN, side_of
from . import telling


@transaction.atomic(durable=True)
def appeal(*, case: Case, appealed_by: User, words: str, now: datetime | None = None) -> Case:
    """Ask the authority to mediate, within fifteen days of our decision. What was given back stays given.

    Raises: NotYourCase, CaseWordsMissing, CaseMovedOn, AppealTooLate.
    """
    now = now or timezone.now()
    lock_order_with_holdings(case.line.order_id)
    locked = locks.locked_case(case.pk)
    side = side_of(appealed_by, locked)
    if side is None:
        raise NotYourCase
    if not words.strip():
        raise CaseWordsMissing
    if locked.state != CaseState.DECIDED:
        raise CaseMovedOn
    if locked.appeal_by is None or now >= locked.appeal_by:
        raise AppealTooLate
    locked.state, locked.appealed_at, locked.appealed_as = CaseState.MEDIATING, now, side
    locked.appeal_words, locked.mediate_by = without_identity_numbers(words.strip()), now + MEDIATE_WITHIN
    locked.save(update_fields=["state", "appealed_at", "appealed_as", "appeal_words", "mediate_by"])
    telling.tell_appealed(locked)
    return locked
