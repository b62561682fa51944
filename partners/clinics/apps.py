from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    name = "partners.clinics"
    label = "clinics"
