from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "marketplace.consent.council"
    label = "council"

    def ready(self) -> None:
        """Say how long proposals are kept."""
        from .retention import register_retention

        register_retention()
