from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "marketplace.consent.rights"
    label = "data_rights"

    def ready(self) -> None:
        """Speak for the apps below, which may not name consent."""
        from .ground import register_ground

        register_ground()
