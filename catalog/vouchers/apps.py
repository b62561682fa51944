"""Voucher codes and what people get them for, as a Django app beside Oscar's voucher models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VouchersConfig(AppConfig):
    """Label vouchers."""

    name = "catalog.vouchers"
    label = "vouchers"
    verbose_name = _("优惠券")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how long rewards are kept, and what is held about people."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
