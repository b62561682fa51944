from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class SchedulingConfig(AppConfig):
    name = "catalog.scheduling"
    label = "scheduling"
    verbose_name = pgettext_lazy("导航", "预约")
