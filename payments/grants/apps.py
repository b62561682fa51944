"""Money for community activities, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    """Label grants."""

    name = "payments.grants"
    label = "grants"
    verbose_name = _("社区资金")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how long a fund's papers are kept."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
