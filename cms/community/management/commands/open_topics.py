from typing import Any

from django.core.management.base import BaseCommand

from cms.community.services.opening import open_topics


class Command(BaseCommand):
    help = "Open the community's topics. Repeating it is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{open_topics()} topics opened.")
