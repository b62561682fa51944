from django.apps import AppConfig
from django.urls import reverse


class BackofficeConfig(AppConfig):
    name = "partners.backoffice"
    label = "backoffice"

    def ready(self) -> None:
        """Say where our staff find an emergency."""
        from catalog.consultations.ports import register_emergency_page

        register_emergency_page(lambda public_id: reverse("backoffice:emergency", args=[public_id]))
