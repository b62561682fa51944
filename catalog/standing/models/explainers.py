"""How an offer is explained before anybody pays for it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product


class Explainer(models.Model):
    """A product's film with captions, and the same in words for whoever cannot hear or would rather read."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="explainer")
    video = models.FileField(_("视频"), upload_to="explainers/%Y/")
    captions = models.FileField(_("字幕"), upload_to="explainers/%Y/")
    transcript = models.TextField(_("文字版"))
    explained_at: datetime = models.DateTimeField(default=timezone.now)
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(video="") & ~Q(captions="") & ~Q(transcript=""), name="explainer_is_whole"
            )
        ]

    def __str__(self) -> str:
        return str(self.product)
