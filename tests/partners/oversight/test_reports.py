"""Signed reports: made once, of spans that are over, alike whenever drawn up, and no longer whole once touched."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from marketplace.consent.complaints.enums import Side, Topic
from marketplace.core.audit.services import seal_events
from partners.oversight.enums import ReportKind
from partners.oversight.errors import LedgerDiffers, SpanStillRuns
from partners.oversight.models import SignedReport
from partners.oversight.rules import side_of
from partners.oversight.sections import read_section
from partners.oversight.selectors import revenue
from partners.oversight.services import drawn_up, make_due_reports, make_report
from partners.oversight.signing import is_whole, signature_file
from partners.oversight.spans import last_closed, month_of, span_of, week_of
from payments.enums import IncidentKind
from payments.ledger.enums import AccountKind
from payments.models import PaymentIncident
from payments.settlement.services.earning import claw_back
from tests.factories.audit import make_looks
from tests.payments.settlement.made import earned, last_month, make_fees

pytestmark = pytest.mark.django_db


def a_closed_day(kind: ReportKind) -> date:
    return last_closed(kind, timezone.localdate()).from_on


def rows_of(report: SignedReport, key: str) -> dict[str, list[object]]:
    section = read_section(json.loads(report.content), key)
    assert section is not None
    return {str(row[0]): list(row[1:]) for row in section.rows}


class TestSpans:
    def test_weeks_run_from_monday_and_months_to_their_last_day(self):
        assert week_of(date(2026, 11, 22)).from_on == date(2026, 11, 16)
        assert month_of(date(2028, 2, 10)).until_on == date(2028, 2, 29)
        assert last_closed(ReportKind.AUDIT, date(2026, 3, 1)) == month_of(date(2026, 2, 1))
        assert last_closed(ReportKind.WEEK, date(2026, 11, 23)).until_on == date(2026, 11, 22)


class TestMaking:
    @pytest.mark.parametrize("kind", ReportKind)
    def test_a_span_that_still_runs_is_not_reported(self, kind):
        with pytest.raises(SpanStillRuns):
            make_report(kind, timezone.localdate())

    @pytest.mark.parametrize("kind", ReportKind)
    def test_drawn_up_again_it_is_the_same_to_the_last_byte(self, kind):
        kept = make_report(kind, a_closed_day(kind))
        again = drawn_up(kind, span_of(kind, a_closed_day(kind)))
        assert (again.content, bytes(again.pdf), again.signature) == (kept.content, bytes(kept.pdf), kept.signature)
        assert bytes(kept.pdf).startswith(b"%PDF")

    def test_what_is_due_is_made_once(self):
        assert make_due_reports() == len(ReportKind)
        assert make_due_reports() == 0
        assert SignedReport.objects.count() == len(ReportKind)

    def test_the_command_makes_one_and_compares_it(self):
        call_command("make_report", "audit", a_closed_day(ReportKind.AUDIT), again=True)
        with pytest.raises(CommandError):
            call_command("make_report", "audit", timezone.localdate())


class TestSigning:
    @pytest.mark.parametrize("column", ["content", "content_digest", "pdf_digest", "signature", "until_on", "pdf"])
    def test_whoever_touches_a_report_breaks_it(self, column):
        report = make_report(ReportKind.AUDIT, a_closed_day(ReportKind.AUDIT))
        assert is_whole(report)
        changed = {
            "content": report.content.replace("days_walked", "days_talked"),
            "until_on": report.until_on + timedelta(days=1),
            "pdf": bytes(report.pdf) + b" ",
        }.get(column, "0" * 64)
        SignedReport.objects.filter(pk=report.pk).update(**{column: changed})
        report.refresh_from_db()
        assert not is_whole(report)

    def test_saved_files_are_checked_without_the_database(self, tmp_path):
        report = make_report(ReportKind.AUDIT, a_closed_day(ReportKind.AUDIT))
        files = {
            "a.sig": signature_file(report).encode(),
            "a.json": report.content.encode(),
            "a.pdf": bytes(report.pdf),
        }
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        paths = [tmp_path / "a.json", tmp_path / "a.pdf"]
        SignedReport.objects.all().delete()
        call_command("verify_report", tmp_path / "a.sig", *paths)
        (tmp_path / "a.json").write_text("{}")
        with pytest.raises(CommandError, match=r"a\.json"):
            call_command("verify_report", tmp_path / "a.sig", *paths)
        (tmp_path / "a.sig").write_bytes(files["a.sig"].replace(b"audit", b"aubit"))
        with pytest.raises(CommandError, match="signature"):
            call_command("verify_report", tmp_path / "a.sig", paths[1])


class TestMeeting:
    def test_every_kind_of_incident_has_a_side(self):
        assert {side_of(kind) for kind in IncidentKind} <= {Side.TECHNICAL, Side.SERVICE}
        assert side_of(IncidentKind.NOT_RATIFIED) is Side.SERVICE
        assert side_of(IncidentKind.BAD_SIGNATURE) is Side.TECHNICAL

    def test_incidents_stand_with_their_side(self):
        day = a_closed_day(ReportKind.MEETING)
        for number in range(2):
            row = PaymentIncident.objects.create(kind=IncidentKind.BAD_SIGNATURE, key=f"k{number}", gateway="alipay")
            PaymentIncident.objects.filter(pk=row.pk).update(opened_at=_noon(day))
        told = rows_of(make_report(ReportKind.MEETING, day), "incidents")
        assert told["bad_signature"] == ["technical", 2, 0]

    def test_the_weeks_are_reprinted(self):
        month = last_closed(ReportKind.MEETING, timezone.localdate())
        week = week_of(month.from_on + timedelta(days=10))
        make_report(ReportKind.WEEK, week.from_on)
        assert list(rows_of(make_report(ReportKind.MEETING, month.from_on), "weeks")) == [week.from_on.isoformat()]

    def test_few_complaints_are_not_told(self, complaint):
        report = make_report(ReportKind.MEETING, a_closed_day(ReportKind.MEETING))
        assert rows_of(report, "complaints")[Topic.SEEN] == [None]
        assert rows_of(report, "clocks")["answered_on_time"] == [None]


@pytest.fixture
def complaint():
    from marketplace.consent.complaints.models import Complaint
    from marketplace.consent.complaints.services import file_complaint

    file_complaint(topic=Topic.SEEN, items=[], what_happened="有人看到了", contact="", complainant=None)
    Complaint.objects.update(received_at=_noon(a_closed_day(ReportKind.MEETING)))


class TestRevenue:
    def test_income_is_the_ledgers_to_the_fen(self):
        fees = make_fees()
        one, _two = earned(36_000, fees=fees), earned(20_001, fees=fees)
        claw_back(
            source=(one.source_kind, one.source_id), paid_left_fen=18_000, borne_left_fen=0, key="r1", now=last_month()
        )
        span = month_of(timezone.localdate(last_month()))
        ledger = revenue.ledger_sums(span)
        report = make_report(ReportKind.REVENUE, span.from_on)
        told = rows_of(report, "revenue")["session"]
        assert told[0] == "youth"
        assert told[1:3] == [ledger[AccountKind.PARTNER], ledger[AccountKind.COMMISSION]]
        assert told[-1] == 18_000 + 20_001 == rows_of(report, "youth")["all"][0]

    def test_parts_that_do_not_add_up_are_not_printed(self, monkeypatch):
        earned(36_000, fees=make_fees())
        monkeypatch.setattr(revenue, "ledger_sums", lambda span: dict.fromkeys(revenue._ACCOUNTS, 1))
        with pytest.raises(LedgerDiffers):
            make_report(ReportKind.REVENUE, timezone.localdate(last_month()))
        assert not SignedReport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_audit_report_walks_the_chain_and_counts_looks():
    day = a_closed_day(ReportKind.AUDIT)
    make_looks(12, at=_noon(day))
    make_looks(2, at=_noon(day), purpose="safety")
    seal_events()
    report = make_report(ReportKind.AUDIT, day)
    chain, looks = rows_of(report, "chain"), rows_of(report, "looks")
    assert chain["days_walked"] == [1] and chain["days_broken"] == [0]
    assert 2 not in [number for row in looks.values() for number in row]


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))
