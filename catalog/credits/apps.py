"""Sessions paid for ahead, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CreditsConfig(AppConfig):
    """Label credits."""

    name = "catalog.credits"
    label = "credits"
    verbose_name = _("次卡")
    default_auto_field = "django.db.models.BigAutoField"
