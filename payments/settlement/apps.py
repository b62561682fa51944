"""What partners earn and are paid, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SettlementConfig(AppConfig):
    """Label settlement."""

    name = "payments.settlement"
    label = "settlement"
    verbose_name = _("机构结算")
    default_auto_field = "django.db.models.BigAutoField"
