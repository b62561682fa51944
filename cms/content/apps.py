from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ContentConfig(AppConfig):
    name = "cms.content"
    label = "content"
    verbose_name = pgettext_lazy("导航", "知识")

    def ready(self) -> None:
        """Say how long readers' rows are kept, and what is held about readers; let nothing out that nobody reviewed."""
        from .editing.wiring import connect_editing
        from .events.retention import register_retention as register_retention_of_events
        from .events.subject_data import register_subject_data as register_subject_data_of_events
        from .retention import register_retention
        from .subject_data import register_subject_data
        from .submissions.wiring import connect_submissions

        register_retention()
        register_subject_data()
        register_retention_of_events()
        register_subject_data_of_events()
        connect_submissions()
        connect_editing(self)
