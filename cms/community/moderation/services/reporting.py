"""Readers who worry about something: anybody may say so, and nobody learns who did."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.core.pseudonyms import pseudonym
from marketplace.safeguarding.enums import Kind, Level

from ...enums import WaitingFor
from ...models import Case, Post, Reply, Report
from ...services import raising, showing
from .. import locks, rules, selectors
from ..enums import Cause, ReportReason
from ..errors import NotShown
from ..words import what_they_tell
from .receiving import about, open_case


@transaction.atomic(durable=True)
def report(
    *,
    writing: Post | Reply,
    reason: str,
    words: str,
    member: User | None = None,
    address: str = "",
    now: datetime | None = None,
) -> Report:
    """Keep what a reader worries about and put the text before a moderator; held where the rules say so.

    `member` where somebody is signed in, else `address`: of either only a key is kept that fits no other text. Who
    reports a text again adds to the first report. Raises NotShown.
    """
    now = now or timezone.now()
    locked = locks.locked_writing(writing)
    if not locked.is_shown and not locked.cases.filter(settled_at=None, reports_count__gt=0).exists():
        raise NotShown
    reporter = reporter_key(locked, member=member, address=address)
    kept = _kept_report(locked, reporter, reason, words, is_member=member is not None, now=now)
    voices = selectors.voices_about(locked)
    if all(voice.reason == ReportReason.UPSETTING for voice in voices) and not words.strip():
        return kept
    level, kind = _what_it_tells(reason, words)
    was_kept = selectors.was_kept(locked)
    case = open_case(writing=locked, cause=Cause.REPORT, level=level, kind=kind, voices=voices, now=now)
    if locked.is_shown and rules.holds(voices, was_kept=was_kept):
        _hold(locked, case, voices)
    return kept


def reporter_key(writing: Post | Reply, *, member: User | None, address: str) -> str:
    """Return by what a reader is counted once for a text; for another text it is an unrelated one."""
    purpose = f"community:report:{writing.public_id}"
    if member is not None:
        return pseudonym(member.public_id, purpose)
    return hmac.new(settings.PSEUDONYM_KEY.encode(), f"{purpose}:{address}".encode(), sha256).hexdigest()[:26]


def _hold(writing: Post | Reply, case: Case, voices: Sequence[rules.Voice]) -> None:
    """Take a text from the readers' eyes; where somebody may be in danger the safety desk hears of it at once, too."""
    if any(voice.reason == ReportReason.DANGER for voice in voices):
        raising.pass_to_duty(writing=writing, kind=case.kind, level=max(Level.CONCERN, case.level))
    else:
        showing.hold(writing=writing, waiting_for=WaitingFor.REPORTED)


def _kept_report(
    writing: Post | Reply, reporter: str, reason: str, words: str, *, is_member: bool, now: datetime
) -> Report:
    said = without_identity_numbers(words)
    before = Report.objects.filter(reporter=reporter, **about(writing)).first()
    if before is None:
        return Report.objects.create(
            reporter=reporter, reason=reason, words=said, is_member=is_member, reported_at=now, **about(writing)
        )
    before.reason, before.reported_at = reason, now
    before.words = "\n".join(part for part in (before.words, said) if part)
    before.save()
    return before


def _what_it_tells(reason: str, words: str) -> tuple[int, str]:
    """Return level and kind that a report adds to its case: a worry about danger counts as one, until somebody looks."""
    level, kind = what_they_tell(words)
    if level >= Level.CONCERN:
        return level, kind
    if reason == ReportReason.DANGER:
        return Level.CONCERN, Kind.SELF_HARM
    return Level.NONE, Kind.EVERYDAY
