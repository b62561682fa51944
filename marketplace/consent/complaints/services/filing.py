"""Making a complaint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.core.search.words import asks_for_help_now

from .. import clocks, codes
from ..enums import EntryKind
from ..models import Complaint
from ..selectors import officers_on_duty_or_next
from .telling import add_entry, tell_officers, tell_person

#: Numbers are random; two alike in a row mean that something else is wrong.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Filed:
    """A complaint, and the code that is shown this once."""

    complaint: Complaint
    code: str


@transaction.atomic(durable=True)
def file_complaint(
    *,
    topic: str,
    items: Sequence[str],
    what_happened: str,
    contact: str = "",
    complainant: User | None = None,
    now: datetime | None = None,
) -> Filed:
    """Take a complaint in, confirm it at once, and start its clocks. `items` are DataItem values, or none."""
    now = now or timezone.now()
    code = codes.new_code()
    complaint = _create(
        code,
        topic=topic,
        items=list(items),
        what_happened=without_identity_numbers(what_happened),
        contact=contact,
        complainant=complainant,
        is_urgent=asks_for_help_now(what_happened),
        received_at=now,
        acknowledge_by=clocks.acknowledge_by(now),
        answer_by=clocks.answer_by(now),
    )
    add_entry(complaint, EntryKind.RECEIVED, at=now)
    tell_person(complaint, add_entry(complaint, EntryKind.CONFIRMED, at=now))
    _tell(complaint, now)
    return Filed(complaint, code)


def _create(code: str, **fields: object) -> Complaint:
    for left in reversed(range(_TRIES)):
        public_id = uuid4()
        try:
            with transaction.atomic():
                return Complaint.objects.create(
                    public_id=public_id,
                    number=codes.new_number(),
                    code_digest=codes.digest(public_id, code),
                    **fields,
                )
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")


def _tell(complaint: Complaint, now: datetime) -> None:
    body = (
        _("收到一件新的投诉，编号 %(number)s。")
        if not complaint.is_urgent
        else _("收到一件要先看的投诉，编号 %(number)s。")
    )
    tell_officers(officers_on_duty_or_next(now), complaint, "new", body % {"number": complaint.number})
