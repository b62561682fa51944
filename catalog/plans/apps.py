from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PlansConfig(AppConfig):
    name = "catalog.plans"
    label = "plans"
    verbose_name = pgettext_lazy("导航", "支持计划")

    def ready(self) -> None:
        """Follow bookings, say what they are based on, how long plans are kept, and whose they are."""
        from catalog.scheduling.fhir import register_basis

        from . import receivers  # noqa: F401
        from .fhir import basis_of
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_basis(basis_of)
        register_retention()
        register_subject_data()
