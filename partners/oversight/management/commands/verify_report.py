"""`manage.py verify_report`: whether saved files of a report and its signature belong together."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.audit.keys import key_id
from marketplace.core.audit.verifying import is_signed
from partners.oversight.signing import digest_of


class Command(BaseCommand):
    """Check files as they were saved from the portal; the database is not asked."""

    help = "Check a saved report: the .sig file, and the .json and .pdf it speaks of."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("signature", type=Path)
        parser.add_argument("files", type=Path, nargs="+", help="the .json, the .pdf, or both")
        parser.add_argument(
            "--key", default="", help="the public key, kept apart; without it the file's own is believed"
        )

    def handle(self, *args: Any, signature: Path, files: list[Path], key: str, **options: Any) -> None:
        text, signed, own_key = signature.read_text(encoding="utf-8").splitlines()[:3]
        said = json.loads(text)
        key = key or own_key
        if said["key_id"] != key_id(key) or not is_signed(text, signed, key):
            raise CommandError("The signature does not fit.")
        for file in files:
            if digest_of(file.read_bytes()) not in (said["json_sha256"], said["pdf_sha256"]):
                raise CommandError(f"{file.name} is not the file that was signed.")
        self.stdout.write(f"{said['kind']} {said['from']} – {said['until']}: whole")
