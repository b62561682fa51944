from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "partners.schools"
    label = "schools"

    def ready(self) -> None:
        """Say where a school's people start, how long lists are kept, and what they hold about whom."""
        from marketplace.accounts.selectors import register_start_page

        from .retention import register_retention
        from .rules import start_page
        from .subject_data import register_subject_data

        register_start_page(start_page)
        register_retention()
        register_subject_data()
