from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModelRegisterConfig(AppConfig):
    name = "marketplace.core.model_register"
    label = "model_register"
    verbose_name = _("模型登记")
    default_auto_field = "django.db.models.BigAutoField"
