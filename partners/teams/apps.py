from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "partners.teams"
    label = "teams"
