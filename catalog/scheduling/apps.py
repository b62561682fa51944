from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class SchedulingConfig(AppConfig):
    name = "catalog.scheduling"
    label = "scheduling"
    verbose_name = pgettext_lazy("导航", "预约")

    def ready(self) -> None:
        """Say how long bookings are kept, and whom they open a child's data to."""
        from .confidants import register_counsellors
        from .disclosure import register_disclosure
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
        register_disclosure()
        register_counsellors()
