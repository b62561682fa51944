from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "marketplace.consent.complaints"
    label = "complaints"

    def ready(self) -> None:
        """Say how long complaints are kept."""
        from .retention import register_retention

        register_retention()
