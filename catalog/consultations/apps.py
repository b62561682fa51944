from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ConsultationsConfig(AppConfig):
    name = "catalog.consultations"
    label = "consultations"
    verbose_name = pgettext_lazy("导航", "咨询室")
