"""The ledger as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Label ledger."""

    name = "payments.ledger"
    label = "ledger"
    verbose_name = _("总账")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how long the ledger is kept."""
        from .retention import register_retention

        register_retention()
