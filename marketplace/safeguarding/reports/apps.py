from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReportsConfig(AppConfig):
    name = "marketplace.safeguarding.reports"
    label = "reports"
    verbose_name = pgettext_lazy("导航", "担心一个人")

    def ready(self) -> None:
        """Say what is kept and for how long, and how the desk reads it."""
        from .reading import register_reader
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_subject_data()
        register_retention()
        register_reader()
