from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class FeedbackConfig(AppConfig):
    name = "catalog.consultations.feedback"
    label = "feedback"
    verbose_name = pgettext_lazy("导航", "评价")

    def ready(self) -> None:
        """Say how long feedback is kept, what is held about people, and where the desk reads it."""
        from .retention import register_retention
        from .subject_data import register_subject_data
        from .words_read import register_reader

        register_retention()
        register_subject_data()
        register_reader()
