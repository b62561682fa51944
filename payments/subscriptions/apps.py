"""Plans that renew, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    """Label subscriptions."""

    name = "payments.subscriptions"
    label = "subscriptions"
    verbose_name = _("会员")
    default_auto_field = "django.db.models.BigAutoField"
