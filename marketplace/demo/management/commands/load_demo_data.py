from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.demo.errors import DemoRefused
from marketplace.demo.services import load_demo_data


class Command(BaseCommand):
    help = "Load the demo's people, organisations and products, or move its times ahead. Repeating it is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = load_demo_data()
        except DemoRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            "演示数据已装入。 Demo data loaded." if written else "演示数据已是最新。 Demo data is up to date."
        )
