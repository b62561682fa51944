from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MeasuresConfig(AppConfig):
    name = "catalog.consultations.measures"
    label = "measures"
    verbose_name = pgettext_lazy("导航", "变化")

    def ready(self) -> None:
        """Say how long answers are kept, what is held about people, and where the desk reads goals."""
        from .goals_read import register_reader
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
        register_reader()
