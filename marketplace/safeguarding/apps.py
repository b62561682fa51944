from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "marketplace.safeguarding"
    label = "safeguarding"
