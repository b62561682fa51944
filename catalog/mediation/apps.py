"""Disputes about orders, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediationConfig(AppConfig):
    """Label mediation."""

    name = "catalog.mediation"
    label = "mediation"
    verbose_name = _("订单争议")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the money here while a dispute goes on, let its decisions be borne, and answer for what is kept."""
        from payments.owing import register_hold

        from . import files, receivers  # noqa: F401
        from .retention import register_retention
        from .selectors import payables_in_mediation
        from .subject_data import register_subject_data
        from .words_read import register_readers

        register_hold(payables_in_mediation)
        register_readers()
        files.register_readers()
        register_retention()
        register_subject_data()
