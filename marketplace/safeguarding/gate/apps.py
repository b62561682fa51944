from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class GateConfig(AppConfig):
    name = "marketplace.safeguarding.gate"
    label = "gate"
    verbose_name = pgettext_lazy("导航", "文字的安全把关")

    def ready(self) -> None:
        """Say what is kept and for how long; listen to the desk."""
        from . import receivers  # noqa: F401
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_subject_data()
        register_retention()
