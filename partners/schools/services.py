"""Bringing a list, looking at it first, letting it hold, and taking that back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.core.encryption.services import destroy_data_key

from .enums import ListState
from .errors import DraftGone, NothingToUndo
from .locks import lock_draft, lock_lists
from .models import SchoolList
from .tables import read_table


@transaction.atomic
def bring_list(*, partner: Partner, kind: str, content: bytes, uploaded_by: User) -> SchoolList:
    """Read a file into a draft, in the place of an earlier draft; the list in force is untouched.

    Raises:
        FileTooLarge, NotATable, ColumnsMissing, TooMuchData, RowsWrong: the file cannot be taken, and none of it is kept.
    """
    rows = read_table(content, kind)
    lists = lock_lists(partner, kind)
    _forget(lists.filter(state=ListState.DRAFT))
    now = timezone.now()
    return SchoolList.objects.create(
        partner=partner,
        kind=kind,
        content=[list(row) for row in rows],
        row_count=len(rows),
        uploaded_by=uploaded_by,
        uploaded_at=now,
        ended_at=now,
    )


@transaction.atomic
def confirm_list(*, partner: Partner, public_id: UUID) -> SchoolList:
    """Let a draft hold; the list before it can be brought back.

    Raises:
        DraftGone: it was confirmed, thrown away or replaced.
    """
    draft = lock_draft(partner, public_id)
    if draft is None:
        raise DraftGone
    now = timezone.now()
    in_force = SchoolList.objects.filter(partner=partner, kind=draft.kind, state=ListState.CURRENT)
    in_force.update(state=ListState.PAST, ended_at=now)
    draft.state, draft.applied_at, draft.ended_at = ListState.CURRENT, now, None
    draft.save(update_fields=["state", "applied_at", "ended_at"])
    return draft


@transaction.atomic
def discard_list(*, partner: Partner, public_id: UUID) -> None:
    """Throw a draft away.

    Raises:
        DraftGone: it was confirmed, thrown away or replaced.
    """
    draft = lock_draft(partner, public_id)
    if draft is None:
        raise DraftGone
    _forget([draft])


@transaction.atomic
def undo_list(*, partner: Partner, kind: str) -> SchoolList | None:
    """Take the list in force away for good and bring the one before it back; None where there was none before.

    Raises:
        NothingToUndo: no list is in force.
    """
    lists = lock_lists(partner, kind)
    current = lists.filter(state=ListState.CURRENT).first()
    if current is None:
        raise NothingToUndo
    _forget([current])
    before = lists.filter(state=ListState.PAST).first()
    if before is None:
        return None
    before.state, before.ended_at = ListState.CURRENT, None
    before.save(update_fields=["state", "ended_at"])
    return before


def _forget(lists: Iterable[SchoolList]) -> None:
    """Delete lists with their keys, so that no backup opens them any more."""
    for each in lists:
        destroy_data_key(subject_id=each.public_id, reason="replaced", destroyed_by=None)
        each.delete()
