from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from marketplace.consent.retention import services
from marketplace.consent.retention.models import RetentionLine
from marketplace.consent.retention.services import Report


class Command(BaseCommand):
    help = "Erase what is past its period, class by class, and print the report; --dry-run only prints it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        lines: list[Report] | list[RetentionLine]
        lines = services.preview(now=timezone.now()) if dry_run else list(services.apply_retention().lines.all())
        self.stdout.write(f"{'class':<24}{'found':>10}{'erased':>10}{'held back':>12}  oldest left")
        for line in lines:
            self.stdout.write(
                f"{line.key:<24}{line.found:>10}{line.erased:>10}{line.held_back:>12}  {_day(line.oldest_left_at)}"
            )
        if dry_run:
            self.stdout.write("Nothing was changed.")


def _day(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}" if moment else "-"
