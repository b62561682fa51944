from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class FeedbackConfig(AppConfig):
    name = "catalog.consultations.feedback"
    label = "feedback"
    verbose_name = pgettext_lazy("导航", "评价")
