from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "marketplace.core.encryption"
    label = "encryption"
