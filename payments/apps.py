"""Payments as a Django app; Oscar has its own, labelled payment."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """Label payments: owed, attempted, settled, refunded."""

    name = "payments"
    label = "payments"
    verbose_name = _("付款")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how long what is owed and paid is kept."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
