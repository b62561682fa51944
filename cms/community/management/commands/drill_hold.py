"""A drill of the hold after bad news: `manage.py drill_hold` prints one JSON line and fails where the drill does."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.community.models import HoldMode
from cms.community.postvention.services.drilling import run_drill


class Command(BaseCommand):
    help = "Play invented texts through the surge rule, marked as a drill, and measure the seconds to the hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keep", action="store_true", help="leave the drill's hold for people to confirm and end")

    def handle(self, *args: Any, **options: Any) -> None:
        result = run_drill()
        if result.hold and not options["keep"]:
            HoldMode.objects.filter(pk=result.hold.pk).update(ended_at=timezone.now())
        measured = {
            "passed": result.has_passed,
            "texts_to_hold": result.texts_to_hold,
            "seconds_to_hold": round(result.seconds_to_hold, 3),
            "mistaken": result.mistaken,
            "reading": result.reading,
            "real_holds": result.real_holds,
        }
        self.stdout.write(json.dumps(measured))
        if not result.has_passed:
            raise CommandError("the drill did not pass")
