"""Reads of reports."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.core.encryption.keys import prefetch_keys
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.concerns.selectors import concern_of_text
from marketplace.safeguarding.enums import Source

from .models import Report, ReportEntry
from .tokens import digest_of


def report_by_token(token: str) -> Report | None:
    """Return the report a secret link belongs to."""
    return Report.objects.filter(digest=digest_of(token), erased_at=None).first()


def report_of(public_id: UUID) -> Report | None:
    """Return a report for the desk."""
    return Report.objects.filter(public_id=public_id, erased_at=None).first()


def entries_of(report: Report) -> list[ReportEntry]:
    """Return what was added, the oldest first."""
    found: QuerySet[ReportEntry] = report.entries.select_related("report")
    entries = list(found)
    prefetch_keys(entries)
    return entries


def concern_of(report: Report) -> Concern | None:
    """Return the concern a report opened: the latest, where there were several."""
    return concern_of_text(Source.REPORT, str(report.public_id))
