"""What partners earn and are paid, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SettlementConfig(AppConfig):
    """Label settlement."""

    name = "payments.settlement"
    label = "settlement"
    verbose_name = _("机构结算")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Owe partners what other rooms of payments promise them, and say how long its records are kept."""
        from payments.owing import register_owe

        from .retention import register_retention
        from .services import owe
        from .subject_data import register_subject_data

        register_owe(owe)
        register_retention()
        register_subject_data()
