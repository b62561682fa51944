import json
from typing import Any

from django.core.management.base import BaseCommand

from partners.api.v1.description import description


class Command(BaseCommand):
    help = "Print the description of the partners' interface; docs/openapi.json holds it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it as it is kept."""
        self.stdout.write(json.dumps(description(), ensure_ascii=False, indent=2))
