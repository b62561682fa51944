"""`manage.py keep_structure`: build a database step by step from all migrations, and keep what they make."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from marketplace.core.backups.postgres import program
from marketplace.core.structure.keeping import is_empty, take_up


class Command(BaseCommand):
    """Run it on an empty database after the last change of a migration; a test fails as long as it was not."""

    help = "Keep the structure that the migrations make, for empty databases to come. The database must be empty."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty(connection):
            raise CommandError("This database is not empty: name an empty one in DATABASE_URL.")
        call_command("migrate", step_by_step=True, interactive=False, verbosity=0)
        size = take_up(connection, Path(program("pg_dump")))
        self.stdout.write(f"Kept {size} bytes.")
