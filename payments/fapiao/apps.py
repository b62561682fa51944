"""Fapiao, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FapiaoConfig(AppConfig):
    """Label fapiao."""

    name = "payments.fapiao"
    label = "fapiao"
    verbose_name = _("发票")
    default_auto_field = "django.db.models.BigAutoField"
