from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CommunityConfig(AppConfig):
    name = "cms.community"
    label = "community"
    verbose_name = pgettext_lazy("导航", "树洞")

    def ready(self) -> None:
        """Let the safety desk read, and say what is kept, how long, and about whom."""
        from . import receivers  # noqa: F401
        from .contexts import register_contexts
        from .moderation import receivers as desk_receivers  # noqa: F401
        from .moderation.retention import register_retention as register_desk_retention
        from .moderation.subject_data import register_subject_data as register_desk_data
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_contexts()
        register_retention()
        register_subject_data()
        register_desk_retention()
        register_desk_data()
