"""Paying for somebody else, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentRequestsConfig(AppConfig):
    """Label payment_requests."""

    name = "payments.requests"
    label = "payment_requests"
    verbose_name = _("代付")
    default_auto_field = "django.db.models.BigAutoField"
