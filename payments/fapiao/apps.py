"""Fapiao, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FapiaoConfig(AppConfig):
    """Label fapiao."""

    name = "payments.fapiao"
    label = "fapiao"
    verbose_name = _("发票")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow refunds, and answer for what is kept here."""
        from . import receivers  # noqa: F401
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
