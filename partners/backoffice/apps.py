from django.apps import AppConfig
from django.urls import reverse


class BackofficeConfig(AppConfig):
    name = "partners.backoffice"
    label = "backoffice"

    def ready(self) -> None:
        """Lay out our staff's desks; say where they find an emergency, and words that sound like one."""
        from catalog.consultations.ports import register_emergency_page, register_urgent_words_page

        from .own_desks import register_desks

        register_emergency_page(lambda public_id: reverse("backoffice:emergency", args=[public_id]))
        register_urgent_words_page(lambda public_id: reverse("backoffice:urgent_words", args=[public_id]))
        register_desks()
