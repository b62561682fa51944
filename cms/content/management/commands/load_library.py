"""Bring the library's text files into the library."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.content.services.loading import load_library
from cms.content.text_files import TextFault
from cms.content.text_files.reading import TEXTS


class Command(BaseCommand):
    """manage.py load_library"""

    help = "Make or change an item of the library for every text file; what did not change stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another folder of texts may be named."""
        parser.add_argument("--folder", type=Path, default=TEXTS, help="with zh-hans/*.md, en/*.md, collections.yaml")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Load, and say what changed."""
        try:
            loaded = load_library(folder=folder)
        except TextFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{len(loaded.made)} made, {len(loaded.changed)} changed, {loaded.same} as they were")
