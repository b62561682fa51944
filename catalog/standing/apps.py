"""Who may offer what, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandingConfig(AppConfig):
    """Label standing."""

    name = "catalog.standing"
    label = "standing"
    verbose_name = _("资质和行业监督")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what is kept about people, and how long."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
