"""What is connected once the apps are ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from ..models import Item, ProfessionalReview
from . import receivers  # noqa: F401  (connects them)
from .groups import ensure_after_migrate
from .preview import serve_preview
from .rules import may_review


def connect_editing(config: AppConfig) -> None:
    """Connect the guards of publishing and the preview; make group and workflow after each migrate."""
    ProfessionalReview.may_review = staticmethod(may_review)
    Item.serve_preview = serve_preview  # type: ignore[method-assign]  # models know nothing of pages
    post_migrate.connect(ensure_after_migrate, sender=config, dispatch_uid="content.editing")
