from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "marketplace.home"
    label = "home"
