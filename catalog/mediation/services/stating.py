"""Both sides say what happened."""

from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from catalog.order.locks import lock_order_with_holdings
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.core.uploads.enums import DOCUMENTS
from marketplace.core.uploads.models import StoredFile
from marketplace.core.uploads.services import receive

from .. import locks
from ..enums import HEARING_STATES, CaseState, Side
from ..errors import CaseMovedOn, CaseWordsMissing, EvidenceFull, NotYourCase
from ..files import EVIDENCE
from ..models import Case, Evidence
from ..rules import EVIDENCE_LIMIT, side_of
from . import telling


def state(
    *, case: Case, given_by: User, words: str, upload: "File[bytes] | None" = None, now: datetime | None = None
) -> Evidence:
    """Add what one side has to say, with a picture or paper; the other reads it. The partner's first word starts our part.

    Raises: NotYourCase, CaseWordsMissing, CaseMovedOn, EvidenceFull, FileRefused.
    """
    if side_of(given_by, case) is None:
        raise NotYourCase
    file = None
    if upload is not None:  # checked before anything is locked: it takes its time
        file = receive(
            upload,
            owner_kind=EVIDENCE,
            owner_subject=case.opened_by.public_id,
            accepts=DOCUMENTS,
            uploaded_by=given_by,
        )
    return _state(case, given_by, words, file, now or timezone.now())


@transaction.atomic(durable=True)
def _state(case: Case, given_by: User, words: str, file: StoredFile | None, now: datetime) -> Evidence:
    lock_order_with_holdings(case.line.order_id)
    locked = locks.locked_case(case.pk)
    side = side_of(given_by, locked)
    if side is None:
        raise NotYourCase
    if not words.strip():
        raise CaseWordsMissing
    if locked.state not in HEARING_STATES:
        raise CaseMovedOn
    number = locked.evidence.filter(given_as=side).count()
    if number >= EVIDENCE_LIMIT:
        raise EvidenceFull
    given = Evidence.objects.create(
        case=locked,
        given_as=side,
        given_by=given_by,
        words=without_identity_numbers(words.strip()),
        file=file,
        given_at=now,
    )
    if side == Side.PARTNER and locked.state == CaseState.OPEN:
        locked.state, locked.answered_at = CaseState.DECIDING, now
        locked.save(update_fields=["state", "answered_at"])
        telling.tell_waiting(locked)
    telling.tell_statement(locked, given_as=side, number=locked.evidence.count())
    return given
