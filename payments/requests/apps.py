"""Paying for somebody else, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentRequestsConfig(AppConfig):
    """Label payment_requests."""

    name = "payments.requests"
    label = "payment_requests"
    verbose_name = _("代付")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to payments, and answer for what is kept about people."""
        from payments.requests import receivers  # noqa: F401 - listens
        from payments.requests.retention import register_retention
        from payments.requests.subject_data import register_subject_data

        register_retention()
        register_subject_data()
