"""Leading families on from what is withheld, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReroutingConfig(AppConfig):
    """Label rerouting."""

    name = "catalog.rerouting"
    label = "rerouting"
    verbose_name = _("另行安排")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for what is withheld, and say what is kept about people, and how long."""
        from . import receivers  # noqa: F401
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
