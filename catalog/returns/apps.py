"""Goods sent back, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    """Label returns."""

    name = "catalog.returns"
    label = "returns"
    verbose_name = _("退货")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for refunds, and say how long returns are kept."""
        from . import receivers  # noqa: F401
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
