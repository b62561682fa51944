from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrowseConfig(AppConfig):
    name = "catalog.browse"
    label = "browse"
    verbose_name = _("找服务")

    def ready(self) -> None:
        from . import receivers  # noqa: F401
