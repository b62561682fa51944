"""Making signed reports of spans that are over; each is made once and stays as it was."""

import json
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone, translation

from marketplace.core.audit import keys
from marketplace.core.audit.chain import canonical

from ..enums import ReportKind
from ..errors import SpanStillRuns
from ..models import SignedReport
from ..printing import report_pdf
from ..sections import Figures
from ..selectors.audit import audit_figures
from ..selectors.demand import week_figures
from ..selectors.fairness import fairness_figures
from ..selectors.meeting import meeting_figures
from ..selectors.revenue import revenue_figures
from ..signing import FORMAT, digest_of, statement
from ..spans import Span, last_closed, span_of

COLLECTORS: dict[ReportKind, Callable[[Span], Figures]] = {
    ReportKind.WEEK: week_figures,
    ReportKind.FAIRNESS: fairness_figures,
    ReportKind.REVENUE: revenue_figures,
    ReportKind.AUDIT: audit_figures,
    ReportKind.MEETING: meeting_figures,
}


def make_report(kind: ReportKind, day: date, *, today: date | None = None) -> SignedReport:
    """Return the report of the span in which a day lies, made and signed if it was not yet. Two at once make one.

    Raises:
        SpanStillRuns: the span is not over.
        LedgerDiffers: income does not add up to the ledger.
    """
    span = span_of(kind, day)
    if span.until_on >= (today or timezone.localdate()):
        raise SpanStillRuns
    found = SignedReport.objects.filter(kind=kind, from_on=span.from_on).first()
    return found or _written(kind, span)


@transaction.atomic
def _written(kind: ReportKind, span: Span) -> SignedReport:
    drawn = drawn_up(kind, span)
    report, _ = SignedReport.objects.get_or_create(
        kind=kind,
        from_on=span.from_on,
        defaults={
            "until_on": drawn.until_on,
            "content": drawn.content,
            "pdf": drawn.pdf,
            "content_digest": drawn.content_digest,
            "pdf_digest": drawn.pdf_digest,
            "signature": drawn.signature,
            "key_id": drawn.key_id,
        },
    )
    return report


def drawn_up(kind: ReportKind, span: Span) -> SignedReport:
    """Return a report that is not kept: the same rows give the same text, the same paper and the same signature."""
    figures = COLLECTORS[kind](span)
    head = {"format": FORMAT, "kind": kind.value, "from": span.from_on.isoformat(), "until": span.until_on.isoformat()}
    content = canonical({**head, **figures.content()})
    with translation.override("zh-hans"):  # paper has one language: the authority's
        pdf = report_pdf(kind, span, json.loads(content))
    report = SignedReport(
        kind=kind,
        from_on=span.from_on,
        until_on=span.until_on,
        content=content,
        pdf=pdf,
        content_digest=digest_of(content.encode()),
        pdf_digest=digest_of(pdf),
        key_id=keys.key_id(keys.public_key_text()),
    )
    report.signature = keys.signature(
        statement(
            kind=kind.value,
            from_on=span.from_on,
            until_on=span.until_on,
            content_digest=report.content_digest,
            pdf_digest=report.pdf_digest,
            key_id=report.key_id,
        )
    )
    return report


def make_due_reports(*, today: date | None = None) -> int:
    """Make whatever of the newest closed week and month is missing; return how many there were to make."""
    today = today or timezone.localdate()
    made = 0
    for kind in ReportKind:
        span = last_closed(kind, today)
        if not SignedReport.objects.filter(kind=kind, from_on=span.from_on).exists():
            make_report(kind, span.from_on, today=today)
            made += 1
    return made
