"""`manage.py migrate`, quick on an empty database: it lays down the kept structure where that is of these migrations."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from marketplace.core.structure.keeping import lay_down


class Command(Migrate):
    """Django's own, which then finds nothing left to apply."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step", action="store_true", help="Run every migration, even on an empty database (minutes)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        whole = not options["app_label"] and not (options["plan"] or options["check_unapplied"] or options["fake"])
        if whole and not options["step_by_step"] and lay_down(connections[options["database"]]):
            self.stdout.write("Laid down the kept structure.")
        super().handle(*args, **options)
