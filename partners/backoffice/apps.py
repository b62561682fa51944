from django.apps import AppConfig
from django.urls import reverse


class BackofficeConfig(AppConfig):
    name = "partners.backoffice"
    label = "backoffice"

    def ready(self) -> None:
        """Say where our staff find an emergency, and words that sound like one."""
        from catalog.consultations.ports import register_emergency_page, register_urgent_words_page

        register_emergency_page(lambda public_id: reverse("backoffice:emergency", args=[public_id]))
        register_urgent_words_page(lambda public_id: reverse("backoffice:urgent_words", args=[public_id]))
