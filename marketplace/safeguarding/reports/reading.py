"""How the desk reads a report, and what was added to it, by the id that a concern names."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.safeguarding.concerns.contexts import Context, register_context
from marketplace.safeguarding.enums import Source

from .models import Report, ReportEntry


def read_report(ref: str) -> Context | None:
    """Return the words of a report, or of something added to one; never who reported."""
    public_id = UUID(ref)
    report = Report.objects.filter(public_id=public_id, erased_at=None).first()
    if report:
        text = f"{report.words}\n\n{_('TA 是谁，在哪里：')}{report.about}"
        return Context(text, report.written_at, _("一位朋友的报告"), reverse("reports:desk", args=[report.public_id]))
    entry = ReportEntry.objects.select_related("report").filter(public_id=public_id, report__erased_at=None).first()
    if entry is None:
        return None
    return Context(
        entry.text, entry.written_at, _("朋友后来的补充"), reverse("reports:desk", args=[entry.report.public_id])
    )


def register_reader() -> None:
    """Let the desk read reports."""
    register_context(Source.REPORT, read_report)
