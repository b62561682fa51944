from django.apps import AppConfig


class AssociationsConfig(AppConfig):
    name = "partners.associations"
    label = "associations"
