"""The pack for the monthly joint meeting: what the weeks said, complaints and their clocks, incidents, organisations.

The weeks are reprinted, not counted anew: a month's own counts beside those of its weeks could be taken from one another.
"""

import json
from collections import Counter
from typing import Any

from django.db.models import Count, Q

from catalog.mediation.selectors import case_figures
from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from marketplace.consent.complaints.enums import Cause, Side, Topic
from marketplace.consent.complaints.models import Complaint
from marketplace.consent.complaints.selectors import figures as complaint_figures
from marketplace.core.suppression import SMALLEST_SHOWN, shown, suppressed, suppressed_list
from payments.enums import IncidentKind
from payments.ledger.enums import AccountKind
from payments.ledger.models import Leg
from payments.models import PaymentIncident

from ..enums import ReportKind
from ..models import SignedReport
from ..rules import side_of
from ..sections import ALL, Cell, Figures, Section, read_section, section_of
from ..spans import Span


def meeting_figures(span: Span) -> Figures:
    """Return the tables of a month."""
    return Figures(
        [
            _weeks(span),
            *complaint_sections(span),
            incident_section(span),
            dispute_section(span),
            _organisations(),
            _funds(span),
        ]
    )


def _weeks(span: Span) -> Section:
    """The weeks whose Sunday lies in the month."""
    found = SignedReport.objects.filter(
        kind=ReportKind.WEEK, until_on__gte=span.from_on, until_on__lte=span.until_on
    ).order_by("from_on")
    rows = [_week_row(report.from_on.isoformat(), json.loads(report.content)) for report in found]
    return Section("weeks", ["asked", "offered_hours", "taken_hours", "short"], rows)


def _week_row(monday: str, content: dict[str, Any]) -> list[Cell]:
    demand, supply = read_section(content, "demand"), read_section(content, "supply")
    asked = next((row[-1] for row in demand.rows if row[0] == ALL), 0) if demand else 0
    hours = [sum(row[at] for row in supply.rows if isinstance(row[at], int)) for at in (2, 3)] if supply else [0, 0]  # type: ignore[misc]
    shortage = read_section(content, "shortage")
    return [monday, asked, *hours, sum(row[-1] == "short" for row in shortage.rows) if shortage else 0]


def complaint_sections(span: Span) -> list[Section]:
    """Complaints received: about what, whose cause, and whether our promises were kept."""
    received = Complaint.objects.filter(received_at__gte=span.begins_at, received_at__lt=span.ends_at)
    topics: dict[str, int] = dict(received.order_by("topic").values_list("topic").annotate(n=Count("pk")))
    told, total = suppressed_list({topic: topics.get(topic, 0) for topic in Topic.values})
    decided = received.exclude(cause="").order_by().values_list("cause", "side").annotate(n=Count("pk"))
    causes = {(cause, side): 0 for cause in Cause.values for side in Side.values}
    causes |= {(cause, side): number for cause, side, number in decided}
    return [
        Section("complaints", ["received"], [*([topic, number] for topic, number in told.items()), [ALL, total]]),
        section_of("causes", suppressed(causes)),
        _clocks(span, received.count()),
    ]


def _clocks(span: Span, received: int) -> Section:
    """Shares of promises kept; a share of few people would count them."""
    figures = complaint_figures(span.begins_at, span.ends_at)
    names = ("acknowledged_on_time", "answered_on_time", "second_answered_on_time")
    few = received < SMALLEST_SHOWN or 0 < int(str(figures["second_readings"])) < SMALLEST_SHOWN
    rows: list[list[Cell]] = [[name, None if few else _percent(figures[name])] for name in names]
    return Section("clocks", ["percent"], rows)


def _percent(share: Any) -> Cell:
    return "" if share is None else round(share * 100, 1)


def incident_section(span: Span) -> Section:
    """What went wrong with payments, and whose it is. Each kind has a side, so every incident has."""
    found = PaymentIncident.objects.filter(opened_at__gte=span.begins_at, opened_at__lt=span.ends_at)
    counted = {
        kind: (number, closed)
        for kind, number, closed in found.order_by("kind")
        .values_list("kind")
        .annotate(n=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False)))
    }
    rows: list[list[Cell]] = [
        [kind, side_of(IncidentKind(kind)).value, *counted.get(kind, (0, 0))] for kind in IncidentKind.values
    ]
    return Section("incidents", ["side", "opened", "closed"], rows)


def dispute_section(span: Span) -> Section:
    """Disputes over what was sold, opened in the month: by the side that answers, and clocks that ran out."""
    found = case_figures(since=span.begins_at, until=span.ends_at, now=span.ends_at)
    undecided = found.opened - sum(found.by_side.values())
    told, opened = suppressed_list({**found.by_side, "undecided": max(undecided, 0)})
    others = {
        "appealed": found.appealed,
        "withdrawn": found.withdrawn,
        "answered_late": found.answered_late,
        "decided_late": found.decided_late,
    }
    few = opened is None or opened < SMALLEST_SHOWN
    rows: list[list[Cell]] = [[side, number] for side, number in told.items()]
    rows.append([ALL, opened])
    rows += [[name, None if few else shown(number)] for name, number in others.items()]
    return Section("disputes", ["number"], rows)


def _organisations() -> Section:
    """Who is there, by kind: organisations, not people."""
    kinds = Counter(Partner.objects.values_list("organisation_type", flat=True))
    return Section("organisations", ["number"], [[kind, kinds[kind]] for kind in OrganisationType.values])


def _funds(span: Span) -> Section:
    """Public money for communities: what came in and went out, as the ledger has it."""
    legs = Leg.objects.filter(account=AccountKind.FUND, entry__occurred_at__lt=span.ends_at)
    inside = legs.filter(entry__occurred_at__gte=span.begins_at).values_list("amount_fen", flat=True)
    moved = list(inside)
    balance = -sum(legs.values_list("amount_fen", flat=True))
    rows: list[list[Cell]] = [
        ["fund_in", -sum(fen for fen in moved if fen < 0)],
        ["fund_out", sum(fen for fen in moved if fen > 0)],
        ["fund_left", balance],
    ]
    return Section("funds", ["fen"], rows)
