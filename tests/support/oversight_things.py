"""What the doors of oversight name: a signed report, its files, a pilot."""

from datetime import date, timedelta

from django.utils import timezone

from marketplace.core.pilots.services import open_pilot
from partners.oversight.enums import ReportKind
from partners.oversight.models import SignedReport
from partners.oversight.services import make_report

from .door_things import Person, Thing, thing


def closed_report(kind: ReportKind) -> SignedReport:
    """The report of the week or month before."""
    return make_report(kind, timezone.localdate() - timedelta(days=31 if kind == ReportKind.AUDIT else 7))


@thing("signed report")
def _report(person: Person) -> Thing:
    report = closed_report(ReportKind.AUDIT)
    return Thing({"kind": report.kind, "from_on": report.from_on.isoformat()}, row=report, is_shared=True)


@thing("signed report's file")
def _report_file(person: Person) -> Thing:
    made = _report(person)
    return Thing({**made.kwargs, "part": "json"}, row=made.row, is_shared=True)


@thing("fairness file")
def _fairness(person: Person) -> Thing:
    report = closed_report(ReportKind.FAIRNESS)
    return Thing({"from_on": report.from_on.isoformat(), "part": "json"}, row=report, is_shared=True)


@thing("pilot")
def _pilot(person: Person) -> Thing:
    pilot = open_pilot(
        slug="vr-relaxation",
        title="虚拟现实放松练习",
        purpose="看看一起练习会不会更容易坚持",
        districts=["洪山区"],
        evaluated_by="一所大学",
        begins_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 30),
    )
    return Thing({"slug": pilot.slug}, row=pilot, is_shared=True)
