"""Voucher codes and what people get them for, as a Django app beside Oscar's voucher models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VouchersConfig(AppConfig):
    """Label vouchers."""

    name = "catalog.vouchers"
    label = "vouchers"
    verbose_name = _("优惠券")
    default_auto_field = "django.db.models.BigAutoField"
