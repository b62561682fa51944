"""Plans that renew, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    """Label subscriptions."""

    name = "payments.subscriptions"
    label = "subscriptions"
    verbose_name = _("会员")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make periods payable, listen for agreements, and say how long all of it is kept."""
        from payments.enums import EventAbout
        from payments.listening import register_listener
        from payments.payables import register_payable

        from .payable import CyclePayable
        from .retention import register_retention
        from .services import hear_of_agreement
        from .subject_data import register_subject_data

        register_payable(CyclePayable())
        register_listener(EventAbout.AGREEMENT, hear_of_agreement)
        register_retention()
        register_subject_data()
