"""Telling us about somebody: taken in whatever it is, at the desk at once, and who told it stays shielded."""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label
from marketplace.core.minimising import without_identity_numbers
from marketplace.core.pseudonyms import pseudonym
from marketplace.safeguarding.concerns.enums import Sealed
from marketplace.safeguarding.concerns.errors import NotOnDuty, StillSealed
from marketplace.safeguarding.concerns.selectors import is_keeper_now
from marketplace.safeguarding.concerns.services import is_unsealed, open_concern
from marketplace.safeguarding.enums import DANGERS, Kind, Level, Source
from marketplace.safeguarding.gate.grading import Grade, grade

from . import selectors
from .enums import Side, When, Worry
from .errors import WordsMissing
from .models import Report, ReportEntry
from .tokens import digest_of, new_token

logger = logging.getLogger(__name__)

#: Marks the accounts of reporters who gave their name, for their own copy of their data alone.
_PURPOSE = "reports"


@dataclass(frozen=True, slots=True)
class Filed:
    """A report and the secret of its link, which is known this once."""

    report: Report
    token: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reported, as far as they said."""

    name: str
    contact: str


@transaction.atomic
def file_report(
    *,
    worry: str,
    how_soon: str,
    about: str,
    words: str,
    name: str = "",
    contact: str = "",
    wishes_contact: bool = False,
    is_shown: bool = False,
    reporter: User | None = None,
    is_one_of_many: bool = False,
    now: datetime | None = None,
) -> Filed:
    """Take a report in and open a concern with it, whatever is in it.

    Without a name nothing of an account is kept. `is_one_of_many`: so many come from one place that this one waits
    behind others, unless its words tell of a danger now; it is never refused.
    """
    now, token = now or timezone.now(), new_token()
    report = Report.objects.create(
        digest=digest_of(token),
        reporter_id=uuid4(),
        reporter_mark=mark_of_reporter(reporter) if reporter and name.strip() else "",
        worry=worry,
        how_soon=how_soon,
        about=without_identity_numbers(about.strip()),
        words=without_identity_numbers(words.strip()),
        name=name.strip(),
        contact=contact.strip(),
        wishes_contact=wishes_contact,
        is_shown=is_shown,
        written_at=now,
        latest_at=now,
    )
    found = _graded(f"{report.words}\n{report.about}")
    kind, level = _kind(worry, found), _level(how_soon, found, is_one_of_many)
    _raise(report, str(report.public_id), kind, level, now)
    return Filed(report, token)


@transaction.atomic
def add_to_report(*, report: Report, text: str, now: datetime | None = None) -> ReportEntry:
    """Take in what a reporter adds later; the desk hears of it as of a first word. Raises WordsMissing."""
    now = now or timezone.now()
    entry = _entry(report, Side.REPORTER, text, now)
    found, known = _graded(text), selectors.concern_of(report)
    kind = known.kind if known else _kind(report.worry, found)
    _raise(report, str(entry.public_id), kind, max(Level.CONCERN, found.level), now)
    return entry


@transaction.atomic
def answer_reporter(*, report: Report, text: str, by: User, now: datetime | None = None) -> ReportEntry:
    """Write something for the reporter to find behind their link. Raises NotOnDuty, WordsMissing."""
    now = now or timezone.now()
    _check_duty(by, now)
    return _entry(report, Side.DESK, text, now, by)


@transaction.atomic
def open_report(*, report: Report, viewer: User, now: datetime | None = None) -> Report:
    """Note that somebody at the desk reads a report, so that the reporter knows. Raises NotOnDuty."""
    now = now or timezone.now()
    _check_duty(viewer, now)
    _record(report, viewer, report.public_id)
    if report.seen_at is None:
        report.seen_at = now
        report.save(update_fields=["seen_at"])
    return report


@transaction.atomic
def reporter_of(*, report: Report, viewer: User, now: datetime | None = None) -> Reporter:
    """Return who reported, where they agreed or two people opened it; the look is written down.

    Raises:
        NotOnDuty: not on safety duty now.
        StillSealed: the reporter did not agree, and no two people opened it in the last 72 hours.
    """
    now = now or timezone.now()
    _check_duty(viewer, now)
    concern = selectors.concern_of(report)
    if not report.is_shown and not (concern and is_unsealed(concern, Sealed.REPORTER, now)):
        raise StillSealed
    _record(report, viewer, report.reporter_id)
    return Reporter(report.name, report.contact)


def mark_of_reporter(reporter: User) -> str:
    """Return the mark under which a person finds the reports they put their name to."""
    return pseudonym(reporter.public_id, _PURPOSE)


def _raise(report: Report, ref: str, kind: str, level: int, now: datetime) -> None:
    open_concern(
        kind=kind,
        level=level,
        source=Source.REPORT,
        ref=ref,
        author=None,
        child=None,
        at=now,
        thread=str(report.public_id),
    )


def _entry(report: Report, side: Side, text: str, now: datetime, by: User | None = None) -> ReportEntry:
    if not text.strip():
        raise WordsMissing
    report.latest_at = now
    report.save(update_fields=["latest_at"])
    return ReportEntry.objects.create(
        report=report, side=side, text=without_identity_numbers(text.strip()), written_by=by, written_at=now
    )


def _graded(text: str) -> Grade:
    try:
        return grade(text)
    except Exception as error:  # noqa: BLE001 - a grade only helps to sort; a report is a danger without one
        logger.error("report not graded: %s", type(error).__name__)
        return Grade(Kind.EVERYDAY, Level.NONE, 0.0)


def _kind(worry: str, found: Grade) -> Kind:
    """What the reporter says; else what the words say; else that it is not clear yet (DISTRESS)."""
    if worry != Worry.UNSURE:
        return Kind(worry)
    return found.kind if found.kind in DANGERS else Kind.DISTRESS


def _level(how_soon: str, found: Grade, is_one_of_many: bool) -> Level:
    if found.level >= Level.URGENT:
        return Level.URGENT
    return Level.URGENT if how_soon == When.NOW and not is_one_of_many else Level.CONCERN


def _record(report: Report, viewer: User, subject_id: UUID) -> None:
    record_access(
        actor=viewer,
        subject_id=subject_id,
        items=[DataItem.CONCERN],
        purpose=Purpose.SAFETY,
        reason=Reason.DUTY,
        actor_label=kept_label("心桥", Duty.SAFETY.label),
        records=[report.public_id],
    )


def _check_duty(viewer: User, now: datetime) -> None:
    if not is_keeper_now(viewer, now):
        raise NotOnDuty
