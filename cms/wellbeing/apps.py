from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class WellbeingConfig(AppConfig):
    name = "cms.wellbeing"
    label = "wellbeing"
    verbose_name = pgettext_lazy("导航", "练习")

    def ready(self) -> None:
        """Say what is held about people and how long it is kept, and name the page in the navigation."""
        from .diary_contexts import register_contexts
        from .diary_retention import register_diary_retention
        from .diary_subject_data import register_diary_subject_data
        from .practices_retention import register_practices_retention
        from .practices_subject_data import register_practices_subject_data

        register_diary_subject_data()
        register_diary_retention()
        register_contexts()
        register_practices_subject_data()
        register_practices_retention()
