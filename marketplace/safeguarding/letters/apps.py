from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LettersConfig(AppConfig):
    name = "marketplace.safeguarding.letters"
    label = "letters"
    verbose_name = pgettext_lazy("导航", "心语信箱")

    def ready(self) -> None:
        """Say what is held about people and how long, who answers letters, and where the safety desk reads one."""
        from .contexts import register_contexts
        from .offices import register_our_office
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
        register_our_office()
        register_contexts()
