"""Goods sent back, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    """Label returns."""

    name = "catalog.returns"
    label = "returns"
    verbose_name = _("退货")
    default_auto_field = "django.db.models.BigAutoField"
