from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ConsultationsConfig(AppConfig):
    name = "catalog.consultations"
    label = "consultations"
    verbose_name = pgettext_lazy("导航", "咨询室")

    def ready(self) -> None:
        """Hear of bookings that end or move; say what emergencies open, what is held about people, and for how long."""
        from . import receivers  # noqa: F401
        from .disclosure import register_disclosure
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_disclosure()
        register_retention()
        register_subject_data()
