"""Companies' bills against our ledger, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BooksConfig(AppConfig):
    """Label books."""

    name = "payments.books"
    label = "books"
    verbose_name = _("对账")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how long bills, differences and decisions are kept, and what of them is about people."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
