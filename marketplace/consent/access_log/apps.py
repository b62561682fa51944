from django.apps import AppConfig


class AccessLogConfig(AppConfig):
    name = "marketplace.consent.access_log"
    label = "access_log"
