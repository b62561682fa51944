from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "marketplace.consent.complaints"
    label = "complaints"
