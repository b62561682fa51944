"""Keeping a run of a practice, and letting it go again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ..models import PracticeRun
from ..practices import Practice
from ..practices.errors import EnoughForToday, NothingToKeep
from ..practices.wording import Change

#: More than anybody practises; keeps a script from filling the store.
MOST_A_DAY = 40
#: A run that is said to have begun earlier is one whose page was left open.
_LONGEST = timedelta(hours=12)


@transaction.atomic(durable=True)
def keep_run(
    *,
    owner: User,
    practice: Practice,
    felt: Change,
    words: Mapping[str, str],
    steps: Mapping[str, Change] = MappingProxyType({}),
    started_at: datetime | None = None,
    now: datetime | None = None,
) -> PracticeRun:
    """Keep how a practice, and single steps of it, felt before and after, and what was written: its owner asked for it.

    Raises: NothingToKeep, EnoughForToday.
    """
    now = now or timezone.now()
    written = {blank.key: text for blank in practice.blanks if (text := words.get(blank.key, "").strip())}
    if felt == Change(None, None) and not written and not steps:
        raise NothingToKeep
    if PracticeRun.objects.filter(owner=owner, ended_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise EnoughForToday
    return PracticeRun.objects.create(
        owner=owner,
        practice=practice.slug,
        felt=asdict(felt) | ({"steps": {key: asdict(change) for key, change in steps.items()}} if steps else {}),
        words=written or None,
        started_at=_believable(started_at, now),
        ended_at=now,
    )


@transaction.atomic(durable=True)
def forget_run(*, owner: User, public_id: UUID) -> bool:
    """Delete one of somebody's own runs; return whether there was one."""
    run = PracticeRun.objects.filter(owner=owner, public_id=public_id).first()
    if run is None:
        return False
    run.delete()
    return True


@transaction.atomic(durable=True)
def forget_runs(*, owner: User) -> int:
    """Delete all of somebody's own runs; return how many went."""
    return PracticeRun.objects.filter(owner=owner).delete()[0]


def _believable(started_at: datetime | None, now: datetime) -> datetime:
    return started_at if started_at and now - _LONGEST <= started_at <= now else now
