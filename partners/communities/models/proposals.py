"""How the platform would help with an activity: who, when, for how much, reaching how many; every version kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.models import Provider
from marketplace.core.models import PublicIdModel

from ..enums import LineKind, ProposalState
from .activities import Activity


class Proposal(PublicIdModel):
    """One version of a cooperation proposal. `why_time` and `why_reach` hold reasons as `wording` reads them."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.DRAFT)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    reach = models.PositiveSmallIntegerField(_("预计来多少人"))
    budget_fen = models.BigIntegerField(_("预算"))
    why_time = models.JSONField(default=list)
    why_reach = models.JSONField(default=list)
    # None: drafted by the platform.
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_drafted = models.BooleanField(default=True)
    written_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="proposal_version_once"),
            models.UniqueConstraint(fields=["activity"], condition=Q(state="accepted"), name="one_proposal_accepted"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="proposal_ends_after_start"),
            models.CheckConstraint(condition=Q(budget_fen__gte=0), name="proposal_budget_not_negative"),
            models.CheckConstraint(
                condition=Q(state="draft", accepted_at=None) | Q(state="accepted", accepted_at__isnull=False),
                name="proposal_accepted_when_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} · {self.number}"


class ProposalLine(models.Model):
    """One line of the budget, with why it is there."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=10, choices=LineKind)
    provider = models.ForeignKey(Provider, models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(_("内容"), max_length=80)
    amount_fen = models.BigIntegerField(_("金额"))
    why = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gte=0), name="proposal_line_not_negative")]

    def __str__(self) -> str:
        return self.what
