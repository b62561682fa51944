from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PlansConfig(AppConfig):
    name = "catalog.plans"
    label = "plans"
    verbose_name = pgettext_lazy("导航", "支持计划")
