"""Drafting the rules and publishing them: two people, seven days ahead, for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from marketplace.accounts.models import User
from payments.settlement import locks
from payments.settlement.errors import NoticeTooShort, PublishedAlready, SecondPersonNeeded, SharesTooMuch
from payments.settlement.models import FeeLine, FeeVersion
from payments.settlement.rules import BPS, NOTICE
from payments.settlement.selectors import published_fees

TEXTS = (
    "price_rules",
    "price_rules_en",
    "commission_rules",
    "commission_rules_en",
    "refund_rules",
    "refund_rules_en",
)


@dataclass(frozen=True)
class FeeDraft:
    """What a version says: six texts by field name, and its shares as (code, name, English name, bps)."""

    valid_from: datetime
    texts: dict[str, str]
    lines: Sequence[tuple[str, str, str, int]]


@transaction.atomic(durable=True)
def draft_fees(*, draft: FeeDraft, drafted_by: User) -> FeeVersion:
    """Write a new version that nobody sees yet. Raises SharesTooMuch."""
    _check(draft)
    number = (FeeVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    version = FeeVersion.objects.create(
        number=number, valid_from=draft.valid_from, drafted_by=drafted_by, **_texts(draft)
    )
    _write_lines(version, draft)
    return version


@transaction.atomic(durable=True)
def redraft_fees(*, version: FeeVersion, draft: FeeDraft, drafted_by: User) -> FeeVersion:
    """Rewrite a draft; whoever does so is its author now. Raises PublishedAlready, SharesTooMuch."""
    version = locks.locked_fees(version.pk)
    if version.is_published:
        raise PublishedAlready
    _check(draft)
    version.valid_from, version.drafted_by = draft.valid_from, drafted_by
    for name, text in _texts(draft).items():
        setattr(version, name, text)
    version.save()
    version.lines.all().delete()
    _write_lines(version, draft)
    return version


@transaction.atomic(durable=True)
def publish_fees(*, version: FeeVersion, published_by: User, now: datetime | None = None) -> FeeVersion:
    """Publish a draft, as a second person; it counts from its time on, seven days ahead at least unless it is the first.

    Raises: PublishedAlready, SecondPersonNeeded, NoticeTooShort.
    """
    now = now or timezone.now()
    version = locks.locked_fees(version.pk)
    if version.is_published:
        raise PublishedAlready
    if version.drafted_by_id == published_by.pk:
        raise SecondPersonNeeded
    earliest = now + NOTICE if published_fees().exists() else now
    if version.valid_from < earliest:
        raise NoticeTooShort
    version.published_by, version.published_at = published_by, now
    version.save(update_fields=["published_by", "published_at"])
    return version


def _check(draft: FeeDraft) -> None:
    codes = [code for code, _name, _name_en, _bps in draft.lines]
    if len(set(codes)) != len(codes) or sum(bps for *_names, bps in draft.lines) >= BPS:
        raise SharesTooMuch


def _texts(draft: FeeDraft) -> dict[str, str]:
    return {name: draft.texts[name].strip() for name in TEXTS}


def _write_lines(version: FeeVersion, draft: FeeDraft) -> None:
    FeeLine.objects.bulk_create(
        FeeLine(version=version, code=code, label=name, label_en=name_en, bps=bps, position=place)
        for place, (code, name, name_en, bps) in enumerate(draft.lines)
    )
