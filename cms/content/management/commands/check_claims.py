"""Read every public page of the running house and list numbers about effects that no claim accounts for."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.content.claims.crawling import walk_public_pages
from cms.content.claims.register import CLAIMS


class Command(BaseCommand):
    help = "Walk all public pages and find effect figures without an entry in the claims register (JSON)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--most", type=int, default=1500, help="read at most so many pages")

    def handle(self, *args: Any, **options: Any) -> None:
        walked = walk_public_pages(most=options["most"])
        told = {
            "pages": len(walked.pages),
            "claims": len(CLAIMS),
            "claims_shown": len(walked.claims),
            "unclaimed": walked.found,
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        if walked.found:
            raise CommandError(f"{sum(map(len, walked.found.values()))} figures without a claim")
