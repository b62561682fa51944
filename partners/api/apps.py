from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "partners.api"
    label = "partner_api"
    verbose_name = _("开放接口")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for what programs are told, and answer for what is kept."""
        from . import receivers  # noqa: F401
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
