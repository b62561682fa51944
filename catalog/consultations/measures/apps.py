from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MeasuresConfig(AppConfig):
    name = "catalog.consultations.measures"
    label = "measures"
    verbose_name = pgettext_lazy("导航", "变化")
