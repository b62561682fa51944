"""Reads of the diary: one's own pages, what one shows, and what one was shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, GivenAs, Purpose
from marketplace.consent.rules import capacity
from marketplace.consent.services import look
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.families.models import Child
from marketplace.families.selectors import active_guardianships

from ..models import DiaryChoice, DiaryEntry, EntryShare, MoodEntry

#: More than anybody is shown at once.
_MOST = 100


def pages_of(child: Child) -> "QuerySet[DiaryEntry]":
    """A young person's diary, the latest day first, with whom each page is shown to now."""
    return (
        DiaryEntry.objects.filter(child=child)
        .select_related("child")
        .prefetch_related(Prefetch("shares", queryset=live_shares(), to_attr="shown_now"))
        .order_by("-about_on", "-written_at", "-pk")
    )


def page_of(child: Child, public_id: UUID) -> DiaryEntry | None:
    """One page of one's own; somebody else's does not exist."""
    return pages_of(child).filter(public_id=public_id).first()


def live_shares(now: datetime | None = None) -> "QuerySet[EntryShare]":
    """Shares that stand, or wait for a guardian."""
    rows = EntryShare.objects.filter(withdrawn_at=None, until__gt=now or timezone.now())
    return rows.select_related("consent", "recipient").order_by("shared_at", "pk")


def shares_by(child: Child) -> "QuerySet[EntryShare]":
    """Everything a young person ever showed and that is still on record, the latest first."""
    rows = EntryShare.objects.filter(child=child).select_related("consent", "recipient", "diary", "mood")
    return rows.order_by("-shared_at", "-pk")


def wants_reading_along(child: Child) -> bool:
    """Whether the gate may read what this young person writes for themselves."""
    return DiaryChoice.objects.filter(child=child, is_read_along=True).exists()


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """Something somebody was shown, opened for them: a page or a mood."""

    share: EntryShare
    diary: DiaryEntry | None
    mood: MoodEntry | None


def entries_shown_to(user: User, *, now: datetime | None = None) -> list[ShownEntry]:
    """Return what one was shown and may see at this moment, the latest first; every look is written down.

    Two locks: the share that is not withdrawn, and the consent behind it, which the door asks for anew each time.
    """
    now = now or timezone.now()
    rows = live_shares(now).filter(recipient=user, consent__isnull=False).exclude(child__account=user)
    shares = list(rows.select_related("child", "diary__child", "mood__child").order_by("-shared_at", "-pk")[:_MOST])
    allowed = _allowed(user, shares, now)
    found = [ShownEntry(share, share.diary, share.mood) for share in shares if share.pk in allowed]
    prefetch_keys([share.entry for share in shares if share.pk in allowed])
    return found


def entry_shown_to(user: User, public_id: UUID, *, now: datetime | None = None) -> ShownEntry | None:
    """Return one thing one was shown, if it may be seen at this moment; the look is written down, a refused one too."""
    now = now or timezone.now()
    share = (
        live_shares(now)
        .filter(recipient=user, public_id=public_id, consent__isnull=False)
        .select_related("child", "diary__child", "mood__child")
        .first()
    )
    if share is None or share.pk not in _allowed(user, [share], now):
        return None
    return ShownEntry(share, share.diary, share.mood)


def _allowed(user: User, shares: Sequence[EntryShare], now: datetime) -> set[int]:
    """Which shares the door of consent opens: one look for each purpose, however many there are."""
    allowed: set[int] = set()
    for purpose in {share.purpose for share in shares}:
        meant = [share for share in shares if share.purpose == purpose]
        records: dict[Child, list[UUID]] = {}
        for share in meant:
            records.setdefault(share.child, []).append(share.entry.public_id)
        items = sorted({_item_of(share) for share in meant})
        seen = look(
            viewer=user, children=list(records), items=items, purpose=Purpose(purpose), records=records, now=now
        )
        allowed |= {share.pk for share in meant if seen.may_see(share.child, _item_of(share), share.entry.public_id)}
    return allowed


def _item_of(share: EntryShare) -> DataItem:
    return DataItem.DIARY if share.diary_id else DataItem.MOOD


def shares_to_nod_to(user: User, *, now: datetime | None = None) -> list[EntryShare]:
    """What children under 14 whom a person fully cares for would like to show somebody; nothing of its contents."""
    now = now or timezone.now()
    cared_for = active_guardianships().filter(guardian_id=user.pk).full().values("child_id")
    rows = live_shares(now).filter(Q(child_id__in=cared_for), consent=None).select_related("child__account")
    day = timezone.localdate(now)
    return [
        share
        for share in rows[:_MOST]
        if not share.child.rules.decides_alone and capacity(user, share.child, day) == GivenAs.GUARDIAN
    ]
