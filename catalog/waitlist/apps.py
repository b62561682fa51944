from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class WaitlistConfig(AppConfig):
    name = "catalog.waitlist"
    label = "waitlist"
    verbose_name = pgettext_lazy("导航", "候补")
