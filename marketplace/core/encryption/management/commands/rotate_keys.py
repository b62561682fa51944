"""`manage.py rotate_keys`: a new version of the key service's key, and every data key wrapped under it."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ...services import BATCH, begin_rotation, rewrap_batch, rotate_data_key

#: Any number nobody else uses: two rotations at once would only do each other's work.
_ADVISORY_LOCK = 0x6B6579


class Command(BaseCommand):
    help = "Wrap every data key under a new key of the key service, while the site runs; goes on where it was stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="keys in one transaction")
        parser.add_argument("--subject", type=UUID, help="only give this subject's own keyset a new primary key")

    def handle(self, *, batch: int, subject: UUID | None, **options: Any) -> None:
        if subject:
            rotate_data_key(subject_id=subject)
            self.stdout.write("1 keyset has a new primary key")
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY_LOCK])
            if not cursor.fetchone()[0]:
                raise CommandError("another rotation is running")
            try:
                self._rotate(batch)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])

    def _rotate(self, batch: int) -> None:
        uri = begin_rotation()
        done = 0
        while number := rewrap_batch(size=batch):
            done += number
            self.stdout.write(f"{done} keys wrapped under {uri}")
        self.stdout.write(f"every key is wrapped under {uri}")
