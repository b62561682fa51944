from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class NotesConfig(AppConfig):
    name = "catalog.consultations.notes"
    label = "notes"
    verbose_name = pgettext_lazy("导航", "咨询记录")
