"""Disputed cards, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    """Label disputes."""

    name = "payments.disputes"
    label = "disputes"
    verbose_name = _("银行卡争议")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answer for what is kept here, and look when a company speaks of a dispute or one is due."""
        from payments.enums import EventAbout
        from payments.listening import register_due_look, register_listener
        from payments.owing import register_hold
        from payments.story import register_chapter

        from . import selectors, services
        from .retention import register_retention
        from .story import dispute_steps
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
        register_chapter(dispute_steps)
        register_hold(selectors.payables_in_dispute)
        register_listener(
            EventAbout.DISPUTE, lambda gateway, ref: services.look_at_dispute(gateway_code=gateway, ref=ref)
        )
        register_due_look("disputes", selectors.disputes_to_look_at, lambda pk: services.check_dispute(dispute_id=pk))
