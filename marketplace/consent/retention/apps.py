from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "marketplace.consent.retention"
    label = "retention"
