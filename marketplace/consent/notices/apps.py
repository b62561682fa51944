from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "marketplace.consent.notices"
    label = "notices"
