from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "marketplace.consent.rights"
    label = "data_rights"

    def ready(self) -> None:
        """Speak for the apps below, which may not name consent; erase again what a restored backup brought back."""
        from marketplace.core.backups.erasures import register_replay

        from .ground import register_ground
        from .services.replaying import erase_again

        register_ground()
        register_replay(erase_again)
