"""Which trained models a board has read, in which version, and under which number. No person stands in it."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Approval(models.Model):
    """That an ethics board approved one version of one model. A version is its bytes: trained anew is another one.

    Never edited, only withdrawn.
    """

    model = models.SlugField(_("模型"), max_length=40)
    version = models.CharField(_("版本"), max_length=40)
    number = models.CharField(_("伦理审查编号"), max_length=60)
    board = models.CharField(_("审查机构"), max_length=80)
    conditions = models.CharField(_("附带条件"), max_length=400, blank=True)
    approved_on: date = models.DateField(_("批准日期"))
    valid_until_on: date | None = models.DateField(_("有效期至"), null=True, blank=True)
    recorded_at: datetime = models.DateTimeField(default=timezone.now)
    withdrawn_at: datetime | None = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_because = models.CharField(_("撤回原因"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("模型的伦理批准")
        ordering = ["model", "-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["model", "version", "number"], name="model_approved_once_a_number"),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(board="") & ~Q(version=""), name="model_approval_has_a_number"
            ),
            models.CheckConstraint(
                condition=Q(valid_until_on=None) | Q(valid_until_on__gte=F("approved_on")), name="model_approval_lasts"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="model_approval_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.version} · {self.number}"
