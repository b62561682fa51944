"""Showing one page or one mood to one person for a while, and taking that back.

The consent stands in the ledger like any other; the share beside it says which page was meant for whom. From 14 on the
young person alone agrees; below 14 a guardian has to nod first (PIPL 31), and nothing opens before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, GivenAs, GranteeKind, Purpose
from marketplace.consent.models import Consent
from marketplace.consent.rules import capacity
from marketplace.consent.services import grant_consent, revoke_consent
from marketplace.families.models import Child
from marketplace.families.selectors import guardians_of
from marketplace.notifications.services import notify
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import Answer
from marketplace.safeguarding.gate.services import screen

from ..confidants import Confidant, confidants_of
from ..diary_errors import AlreadyShown, NotSomebodyOfYours, ShareOver
from ..locks import diary as locks
from ..models import DiaryEntry, EntryShare, MoodEntry

#: For how long something can be shown, in days; the first is what is offered.
DAYS = (7, 1, 30)


@dataclass(frozen=True, slots=True)
class Shown:
    """A share (waiting for a guardian while it has no consent), and what the gate says to the one who shares."""

    share: EntryShare
    answer: Answer


@transaction.atomic(durable=True)
def share_page(
    *, child: Child, public_id: UUID, with_user: UUID, days: int, shared_by: User, now: datetime | None = None
) -> Shown:
    """Show a page of one's diary. Raises DiaryEntry.DoesNotExist, NotSomebodyOfYours, AlreadyShown, and what consent raises."""
    page = locks.page(child, public_id)
    return _share(child, page, DataItem.DIARY, with_user, days, shared_by, now or timezone.now())


@transaction.atomic(durable=True)
def share_mood(
    *, child: Child, public_id: UUID, with_user: UUID, days: int, shared_by: User, now: datetime | None = None
) -> Shown:
    """Show one mood. Raises MoodEntry.DoesNotExist, NotSomebodyOfYours, AlreadyShown, and what consent raises."""
    mood = locks.mood(child, public_id)
    return _share(child, mood, DataItem.MOOD, with_user, days, shared_by, now or timezone.now())


def _share(
    child: Child,
    entry: DiaryEntry | MoodEntry,
    item: DataItem,
    with_user: UUID,
    days: int,
    shared_by: User,
    now: datetime,
) -> Shown:
    confidant = next((each for each in confidants_of(child) if each.user.public_id == with_user), None)
    if confidant is None or child.account_id != shared_by.pk:
        raise NotSomebodyOfYours
    _end_over(entry, confidant.user, now)
    if entry.shares.filter(recipient=confidant.user, withdrawn_at=None).exists():
        raise AlreadyShown
    share = EntryShare(
        child=child,
        diary=entry if isinstance(entry, DiaryEntry) else None,
        mood=entry if isinstance(entry, MoodEntry) else None,
        recipient=confidant.user,
        purpose=confidant.purpose,
        until=now + timedelta(days=days if days in DAYS else DAYS[0]),
        shared_at=now,
    )
    if capacity(shared_by, child, timezone.localdate(now)) == GivenAs.TEEN:
        share.consent = _agree(share, confidant.label, item, shared_by)
        share.until = share.consent.valid_until
        share.save()
        _tell_recipient(share)
    else:
        share.save()
        _ask_guardians(share)
    return Shown(share, _read(entry, child))


@transaction.atomic(durable=True)
def answer_share(*, public_id: UUID, answered_by: User, agrees: bool, now: datetime | None = None) -> EntryShare:
    """Nod to what a child under 14 wants to show, or not, as a guardian.

    From 14 on there is nothing to nod to, and for a guardian no such share. Raises EntryShare.DoesNotExist, ShareOver,
    NotSomebodyOfYours, and what consent raises.
    """
    now = now or timezone.now()
    share = locks.share(public_id).first()
    if share is None or share.child.rules.decides_alone:
        raise EntryShare.DoesNotExist
    if capacity(answered_by, share.child, timezone.localdate(now)) != GivenAs.GUARDIAN:
        raise EntryShare.DoesNotExist
    if share.consent_id or share.withdrawn_at or share.until <= now:
        raise ShareOver
    if not agrees:
        share.withdrawn_at = now
        share.save(update_fields=["withdrawn_at"])
        return share
    confidant = _confidant(share)
    share.consent = _agree(share, confidant.label, _item_of(share), answered_by)
    share.until = share.consent.valid_until
    share.save(update_fields=["consent", "until"])
    if share.recipient_id != answered_by.pk:
        _tell_recipient(share)
    return share


@transaction.atomic(durable=True)
def withdraw_share(*, public_id: UUID, withdrawn_by: User, now: datetime | None = None) -> EntryShare:
    """Take a share back: from the commit on the next look finds nothing. Raises EntryShare.DoesNotExist. Twice is once."""
    share = locks.share(public_id).first()
    if share is None or share.child.account_id != withdrawn_by.pk:
        raise EntryShare.DoesNotExist
    _end(share, withdrawn_by, now or timezone.now())
    return share


def end_shares(*, child: Child, shares: Iterable[EntryShare]) -> None:
    """Take back everything that was shown of something that is about to go. Joins the caller's transaction."""
    now = timezone.now()
    for share in shares:
        if child.account is not None:
            _end(share, child.account, now)


def mark_opened(*, share: EntryShare, now: datetime | None = None) -> None:
    """Note that it was looked at, so that the young person can see that."""
    EntryShare.objects.filter(pk=share.pk, opened_at=None).update(opened_at=now or timezone.now())


def _end(share: EntryShare, by: User, now: datetime) -> None:
    if share.consent is not None:
        revoke_consent(consent_id=share.consent.public_id, revoked_by=by)
    if share.withdrawn_at is None:
        share.withdrawn_at = now
        share.save(update_fields=["withdrawn_at"])


def _end_over(entry: DiaryEntry | MoodEntry, recipient: User, now: datetime) -> None:
    """A share whose time ran out makes room for a new one."""
    over = entry.shares.filter(recipient=recipient, withdrawn_at=None, until__lte=now)
    over.update(withdrawn_at=now)


def _agree(share: EntryShare, label: str, item: DataItem, given_by: User) -> Consent:
    return grant_consent(
        child=share.child,
        grantee_kind=GranteeKind.PERSON,
        grantee_id=share.recipient.public_id,
        grantee_label=label,
        items=[item],
        records=[share.entry.public_id],
        purpose=Purpose(share.purpose),
        until=share.until,
        given_by=given_by,
    )


def _item_of(share: EntryShare) -> DataItem:
    return DataItem.DIARY if share.diary_id else DataItem.MOOD


def _confidant(share: EntryShare) -> Confidant:
    found = next((each for each in confidants_of(share.child) if each.user.pk == share.recipient_id), None)
    if found is None:
        raise NotSomebodyOfYours
    return found


def _read(entry: DiaryEntry | MoodEntry, child: Child) -> Answer:
    """What goes to somebody else is read by the gate, whatever was chosen for what is written for oneself."""
    text = entry.text if isinstance(entry, DiaryEntry) else entry.line
    return screen(text=text, source=Source.DIARY, ref=str(entry.public_id), author=child.account, child=child)


def _tell_recipient(share: EntryShare) -> None:
    notify(
        key=f"shown:{share.public_id}",
        recipient=share.recipient,
        body=_("有人想给你看一样东西，登录后就能看到。"),
        url=reverse("wellbeing:shown"),
    )


def _ask_guardians(share: EntryShare) -> None:
    for guardianship in guardians_of(share.child).full():
        notify(
            key=f"share-asked:{share.public_id}:{guardianship.guardian_id}",
            recipient=guardianship.guardian,
            body=_("孩子有一件事想请你点头，登录后就能看到。"),
            url=reverse("wellbeing:shown"),
        )
