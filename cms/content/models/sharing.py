"""Copies of items that went to, or came from, somebody else."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel

from ..sharing.enums import Direction


class SharedCopy(PublicIdModel):
    """One copy of an item with all that must stay with it: who made it, under what licence, who reviewed it.

    `origin_ref` names the original wherever it lives (address of the house and slug), `content_hash` is the SHA-256 of
    its content as it was copied. Outgoing: `page` is our original. Incoming: `page` is the draft that was made of it.
    """

    direction = models.CharField(max_length=8, choices=Direction)
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="shared_copies")
    origin_ref = models.CharField(max_length=200)
    origin_name = models.CharField(_("来自"), max_length=120)
    title = models.CharField(max_length=255)
    holder_name = models.CharField(_("给谁"), max_length=120, blank=True, default="")
    holder_ref = models.UUIDField(null=True, blank=True)
    attribution = models.CharField(_("署名"), max_length=255)
    licence = models.CharField(_("许可"), max_length=40)
    reviewed_by = models.CharField(_("审核人"), max_length=255, blank=True, default="")
    reviewed_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("共享的副本")
        constraints = [
            models.CheckConstraint(condition=~Q(attribution="") & ~Q(licence=""), name="shared_copy_keeps_attribution"),
            models.UniqueConstraint(
                fields=["origin_ref", "content_hash"],
                condition=Q(direction=Direction.INCOMING, withdrawn_at=None),
                name="shared_copy_comes_in_once",
            ),
        ]
        indexes = [models.Index(fields=["origin_ref"], name="shared_copies_of_origin")]

    def __str__(self) -> str:
        return f"{self.title} · {self.get_direction_display()}"
