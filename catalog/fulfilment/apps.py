from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfilmentConfig(AppConfig):
    name = "catalog.fulfilment"
    label = "fulfilment"
    verbose_name = _("交付")

    def ready(self) -> None:
        """Listen for paid orders, and say how long what they turned into is kept."""
        from catalog.order.delivery import register_delivery

        from . import receivers  # noqa: F401
        from .proof import register_delivery_proof
        from .retention import register_retention
        from .subject_data import register_subject_data
        from .undoing import is_delivered

        register_delivery(is_delivered)
        register_delivery_proof()
        register_retention()
        register_subject_data()
