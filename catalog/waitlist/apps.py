from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class WaitlistConfig(AppConfig):
    name = "catalog.waitlist"
    label = "waitlist"
    verbose_name = pgettext_lazy("导航", "候补")

    def ready(self) -> None:
        """Listen for freed times and what becomes of kept ones; say how long entries are kept, and whose they are."""
        from catalog.scheduling.kept import register_kept_times

        from . import receivers  # noqa: F401
        from .retention import register_retention
        from .selectors import kept_bookings
        from .subject_data import register_subject_data

        register_kept_times(kept_bookings)
        register_retention()
        register_subject_data()
