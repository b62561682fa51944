from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class SchedulingConfig(AppConfig):
    name = "catalog.scheduling"
    label = "scheduling"
    verbose_name = pgettext_lazy("导航", "预约")

    def ready(self) -> None:
        """Say how long bookings are kept."""
        from .retention import register_retention

        register_retention()
