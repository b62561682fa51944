from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo data. At the composition root: it may know every app, and none may know it."""

    name = "marketplace.demo"
    label = "demo"
