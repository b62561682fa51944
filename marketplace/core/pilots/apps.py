from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    name = "marketplace.core.pilots"
    label = "pilots"
    verbose_name = _("试点")
    default_auto_field = "django.db.models.BigAutoField"
