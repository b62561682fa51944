from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ConcernsConfig(AppConfig):
    name = "marketplace.safeguarding.concerns"
    label = "concerns"
    verbose_name = pgettext_lazy("导航", "安全值守")

    def ready(self) -> None:
        """Say what is kept and for how long."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_subject_data()
        register_retention()
