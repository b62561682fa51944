from django.apps import AppConfig


class HospitalsConfig(AppConfig):
    name = "partners.hospitals"
    label = "hospitals"

    def ready(self) -> None:
        """Say how long referral letters are kept, and what they hold about whom."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
