"""Writing a diary, changing a page, letting it go, and whether the gate reads along."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.formatting import in_shanghai
from marketplace.core.minimising import without_identity_numbers
from marketplace.families.models import Child
from marketplace.safeguarding.gate.answers import Answer

from ..diary_errors import ChangedElsewhere, NothingWritten
from ..locks import diary as locks
from ..models import DiaryChoice, DiaryEntry
from .diary_sharing import end_shares
from .moods import read_along


@dataclass(frozen=True, slots=True)
class Written:
    """A page, and what the gate has to say, where the young person wanted it to read along."""

    page: DiaryEntry
    answer: Answer


@transaction.atomic(durable=True)
def write_page(*, child: Child, text: str, about_on: date | None = None, now: datetime | None = None) -> Written:
    """Keep a page, private. A day that has not come yet becomes today. Raises NothingWritten."""
    now = now or timezone.now()
    today = in_shanghai(now).date()
    page = DiaryEntry.objects.create(
        child=child, text=_words(text), about_on=min(about_on or today, today), written_at=now
    )
    return Written(page, read_along(page.text, child=child, ref=page.public_id))


@transaction.atomic(durable=True)
def edit_page(*, child: Child, public_id: UUID, text: str, revision: int, now: datetime | None = None) -> Written:
    """Change a page. Raises NothingWritten, ChangedElsewhere, DiaryEntry.DoesNotExist.

    Whoever was shown the page sees it as it is now; what is new in it is read by the gate then, as when it was shared.
    """
    page = locks.page(child, public_id)
    if page.revision != revision:
        raise ChangedElsewhere
    page.text, page.revision, page.edited_at = _words(text), page.revision + 1, now or timezone.now()
    page.save(update_fields=["text", "revision", "edited_at"])
    return Written(page, read_along(page.text, child=child, ref=page.public_id))


@transaction.atomic(durable=True)
def forget_page(*, child: Child, public_id: UUID) -> None:
    """Delete a page; who was shown it sees it no more. Raises DiaryEntry.DoesNotExist."""
    page = locks.page(child, public_id)
    end_shares(child=child, shares=page.shares.all())
    page.delete()


@transaction.atomic(durable=True)
def forget_all_pages(*, child: Child) -> int:
    """Delete the whole diary; return how many pages went."""
    rows = DiaryEntry.objects.filter(child=child)
    end_shares(child=child, shares=child.entry_shares.filter(diary__isnull=False))
    count = rows.count()
    rows.delete()
    return count


@transaction.atomic(durable=True)
def choose_read_along(*, child: Child, wants: bool, now: datetime | None = None) -> DiaryChoice:
    """Switch the gate's reading along on or off; off is how it begins. What was written before is not read."""
    choice, _made = DiaryChoice.objects.update_or_create(
        child=child, defaults={"is_read_along": wants, "chosen_at": now or timezone.now()}
    )
    return choice


def _words(text: str) -> str:
    if not text.strip():
        raise NothingWritten
    return without_identity_numbers(text.strip())
