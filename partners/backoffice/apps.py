from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "partners.backoffice"
    label = "backoffice"
