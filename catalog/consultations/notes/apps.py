from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class NotesConfig(AppConfig):
    name = "catalog.consultations.notes"
    label = "notes"
    verbose_name = pgettext_lazy("导航", "咨询记录")

    def ready(self) -> None:
        """Say what is held about people. How long it is kept is the organisation's duty, see the retention table."""
        from .subject_data import register_subject_data

        register_subject_data()
