"""Associations' blacklists: names come in by page, file or interface, and stop whom they mean."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from catalog.scheduling.retry import retried
from marketplace.accounts.models import User

from ..enums import EntrySource, WithholdingKind
from ..errors import AlreadyLifted, FileTooLong, FileUnreadable, NotAnAssociation, NotYours, ReasonsMissing
from ..matching import maybe_meant, surely_meant
from ..models import BlacklistEntry, Withholding
from ..rules import may_decide_for
from .withholding import _lift, _withhold, about_target, worded

COLUMNS = ("名称", "编号", "理由", "日期")
#: Who writes English says them so.
_IN_ENGLISH = dict(zip(("name", "number", "reasons", "date"), COLUMNS, strict=True))
MOST_ROWS = 2000
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: how many names are new, how many were there, whom it stopped, which lines were left out."""

    new: int
    known: int
    stopped: int
    left_out: Sequence[tuple[int, str]]


@retried
@transaction.atomic
def blacklist(
    *,
    body: Partner,
    name: str,
    reasons: str,
    noted_by: User | None,
    number: str = "",
    listed_on: date | None = None,
    source: EntrySource = EntrySource.PAGE,
    now: datetime | None = None,
) -> BlacklistEntry:
    """Put a name on an association's list and stop whom it surely means. A name that is there already changes nothing.

    `noted_by` may be missing only for the interface, which has looked at the association's key.

    Raises: NotAnAssociation, ReasonsMissing (no name, or nothing said).
    """
    if noted_by is not None and not may_decide_for(noted_by, body):
        raise NotAnAssociation
    now, name, number = now or timezone.now(), name.strip(), number.strip()
    if not name:
        raise ReasonsMissing
    entry, _created = BlacklistEntry.objects.get_or_create(
        body=body,
        name=name,
        number=number,
        ended_at=None,
        defaults={
            "reasons": worded(reasons),
            "listed_on": listed_on or timezone.localdate(now),
            "source": source,
            "noted_at": now,
            "noted_by": noted_by,
        },
    )
    _stop_meant(entry, now)
    return entry


def _stop_meant(entry: BlacklistEntry, now: datetime) -> bool:
    """Stop whom an entry means, once; whether it did."""
    if entry.withholding_id is not None:
        return False
    target = surely_meant(entry)
    return target is not None and _stop(entry, target, now)


def _stop(entry: BlacklistEntry, target: Partner | Provider, now: datetime) -> bool:
    kind, about = WithholdingKind.BLACKLIST, about_target(target)
    if Withholding.objects.filter(body=entry.body, kind=kind, lifted_at=None, **about).exists():
        return False
    entry.withholding = _withhold(
        target=target, body=entry.body, reasons=entry.reasons, decided_by=entry.noted_by, kind=kind, now=now
    )
    entry.save(update_fields=["withholding"])
    return True


@retried
@transaction.atomic
def say_who_is_meant(
    *, entry: BlacklistEntry, provider: Provider, said_by: User, now: datetime | None = None
) -> BlacklistEntry:
    """Say that an entry means this provider, where the name alone did not, and stop them.

    Raises: NotYours.
    """
    if not may_decide_for(said_by, entry.body) or entry.ended_at is not None or provider not in maybe_meant(entry):
        raise NotYours
    _stop(entry, provider, now or timezone.now())
    return entry


@retried
@transaction.atomic
def end_entry(*, entry: BlacklistEntry, ended_by: User | None, because: str, now: datetime | None = None) -> None:
    """Take a name off the list; what it stopped is offered again. Raises: NotYours, ReasonsMissing, AlreadyLifted."""
    if ended_by is not None and not may_decide_for(ended_by, entry.body):
        raise NotYours
    now, because = now or timezone.now(), worded(because)
    if not BlacklistEntry.objects.filter(pk=entry.pk, ended_at=None).update(ended_at=now):
        raise AlreadyLifted
    row = Withholding.objects.filter(blacklist_entry=entry, lifted_at=None).first()
    if row is not None:
        _lift(row.pk, ended_by, because, now)


def import_blacklist(*, body: Partner, content: bytes, imported_by: User, now: datetime | None = None) -> Imported:
    """Take in a CSV of names (名称,编号,理由,日期, or name,number,reasons,date). Lines that say too little are left out, with what is missing.

    Raises: NotAnAssociation, FileUnreadable, FileTooLong.
    """
    if not may_decide_for(imported_by, body):
        raise NotAnAssociation
    now = now or timezone.now()
    new = known = stopped = 0
    left_out: list[tuple[int, str]] = []
    for number, row in enumerate(_rows(content), start=2):
        before = BlacklistEntry.objects.filter(body=body, name=row["名称"], number=row["编号"], ended_at=None).exists()
        try:
            entry = blacklist(
                body=body,
                name=row["名称"],
                number=row["编号"],
                reasons=row["理由"],
                listed_on=_day(row["日期"]),
                noted_by=imported_by,
                source=EntrySource.FILE,
                now=now,
            )
        except (ReasonsMissing, ValueError):
            left_out.append((number, _("缺名称，理由不到十个字，或者日期不对")))
            continue
        known, new = known + before, new + (not before)
        stopped += entry.withholding_id is not None and not before
    return Imported(new, known, stopped, left_out)


def _rows(content: bytes) -> list[dict[str, str]]:
    if len(content) > MOST_BYTES:
        raise FileTooLong
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        reader.fieldnames = [_IN_ENGLISH.get(name.strip().lower(), name.strip()) for name in reader.fieldnames or ()]
        if not set(COLUMNS) <= set(reader.fieldnames):
            raise FileUnreadable
        rows = [{name: _cell(row.get(name)) for name in COLUMNS} for row in reader]
    except (UnicodeDecodeError, csv.Error):
        raise FileUnreadable from None
    if len(rows) > MOST_ROWS:
        raise FileTooLong
    return rows


def _cell(value: str | None) -> str:
    """Return a cell's words: a formula's first sign, which a table program would obey, is dropped."""
    return (value or "").strip().lstrip("=+-@\t\r").replace("\x00", "").strip()


def _day(written: str) -> date:
    """Return a day as written. Raises ValueError."""
    day = parse_date(written.replace("/", "-"))
    if day is None:
        raise ValueError
    return day


def apply_blacklists(*, now: datetime | None = None) -> int:
    """Look for everybody who waits on a list without being known here; return how many were stopped.

    Organisations come in and are renamed; a name waits until it means somebody.
    """
    now = now or timezone.now()
    waiting = BlacklistEntry.objects.filter(ended_at=None, withholding=None).select_related("body", "noted_by")
    return sum(_applied(entry, now) for entry in waiting.order_by("pk"))


@retried
@transaction.atomic
def _applied(entry: BlacklistEntry, now: datetime) -> bool:
    return _stop_meant(entry, now)
