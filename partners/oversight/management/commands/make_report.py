"""`manage.py make_report`: make a signed report now instead of tonight, or draw one up again and compare."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.errors import Refusal
from partners.oversight.enums import ReportKind
from partners.oversight.services import drawn_up, make_report
from partners.oversight.spans import span_of


class Command(BaseCommand):
    """Make one report; `--again` says whether today's rows still give the same."""

    help = "Make the signed report of a closed week or month."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=ReportKind.values)
        parser.add_argument("day", type=date.fromisoformat, help="any day of the week or month")
        parser.add_argument("--again", action="store_true", help="draw it up again and compare it with what is kept")

    def handle(self, *args: Any, kind: str, day: date, again: bool, **options: Any) -> None:
        try:
            report = make_report(ReportKind(kind), day)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        if again and drawn_up(ReportKind(kind), span_of(ReportKind(kind), day)).signature != report.signature:
            raise CommandError("The rows give another report now.")
        self.stdout.write(f"{report.file_name} {report.content_digest}")
