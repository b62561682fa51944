from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrowseConfig(AppConfig):
    name = "catalog.browse"
    label = "browse"
    verbose_name = _("找服务")

    def ready(self) -> None:
        """Listen for what listings show; say how long saved ones are kept, and whose they are."""
        from . import receivers  # noqa: F401
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
