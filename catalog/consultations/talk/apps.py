from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class TalkConfig(AppConfig):
    name = "catalog.consultations.talk"
    label = "talk"
    verbose_name = pgettext_lazy("导航", "预约消息")

    def ready(self) -> None:
        """Say how long words are kept, what is held about people, and where the desk reads what alarmed the gate."""
        from .retention import register_retention
        from .subject_data import register_subject_data
        from .words_read import register_reader

        register_retention()
        register_subject_data()
        register_reader()
