"""Sessions paid for ahead, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CreditsConfig(AppConfig):
    """Label credits."""

    name = "catalog.credits"
    label = "credits"
    verbose_name = _("次卡")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for paid orders and plans, pay for lines, and say how long what a family holds is kept."""
        from catalog.fulfilment.earning import register_credit_payer
        from catalog.fulfilment.entitlement import register_credit_holder
        from catalog.order.covering import register_cover
        from catalog.order.delivery import register_delivery
        from payments.subscriptions.allowances import register_used_sessions

        from . import receivers  # noqa: F401
        from .retention import register_retention
        from .selectors import credit_lasts_until, is_package_used, paid_by_credit, used_of_cycle
        from .services import CreditCover
        from .subject_data import register_subject_data

        register_cover(CreditCover())
        register_credit_payer(paid_by_credit)
        register_credit_holder(credit_lasts_until)
        register_delivery(is_package_used)
        register_used_sessions(used_of_cycle)
        register_retention()
        register_subject_data()
