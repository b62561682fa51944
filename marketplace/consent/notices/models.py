from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import ResidualRisk


class ImpactAssessment(models.Model):
    """One look at what a processing activity may do to people (PIPL 55, 56): made every year, kept, never edited.

    `activity` is the key of a declared processing activity. Grade L2: it speaks of risks, not of a person.
    """

    activity = models.CharField(_("处理活动"), max_length=40)
    assessed_on = models.DateField(_("评估日期"))
    next_due_on = models.DateField(_("下次评估不晚于"))
    risks = models.TextField(_("看到的风险"))
    measures = models.TextField(_("采取的措施"))
    residual_risk = models.CharField(_("剩余风险"), max_length=8, choices=ResidualRisk, default=ResidualRisk.LOW)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="impact_assessments"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("个人信息保护影响评估")
        ordering = ["activity", "-assessed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "assessed_on"], name="impact_assessed_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(next_due_on__gt=models.F("assessed_on")), name="impact_due_after_assessed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.assessed_on}"
