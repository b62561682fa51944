from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "marketplace.consent.rights"
    label = "data_rights"
