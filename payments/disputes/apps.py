"""Disputed cards, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    """Label disputes."""

    name = "payments.disputes"
    label = "disputes"
    verbose_name = _("银行卡争议")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answer for what is kept here."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
