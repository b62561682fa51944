"""`manage.py export_audit`: the sealed record of looks as JSON lines, for deploy/verify_audit.py."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.core.audit import keys
from marketplace.core.audit.services import export_lines, seal_events


class Command(BaseCommand):
    """Write the chains of some days to standard output, or the public key a verifier needs."""

    help = "Seal what waits and write the record of looks as JSON lines (deploy/verify_audit.py checks them)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, help="first Shanghai day, e.g. 2026-11-01")
        parser.add_argument("--until", type=date.fromisoformat, help="last Shanghai day")
        parser.add_argument("--public-key", action="store_true", help="write the public key only (keep it elsewhere)")

    def handle(self, *args: Any, since: date | None, until: date | None, public_key: bool, **options: Any) -> None:
        if public_key:
            self.stdout.write(keys.public_key_text())
            return
        seal_events()
        for line in export_lines(since=since, until=until):
            self.stdout.write(line)
