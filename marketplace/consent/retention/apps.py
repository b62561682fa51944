from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "marketplace.consent.retention"
    label = "retention"

    def ready(self) -> None:
        from .ground import register_ground
        from .records import register_records

        register_ground()
        register_records()
