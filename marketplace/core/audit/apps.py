from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "marketplace.core.audit"
    label = "audit"
