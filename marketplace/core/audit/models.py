from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel

from .enums import Action, Outcome


class AuditEvent(PublicIdModel):
    """That somebody looked at (or changed) data about a person (FHIR AuditEvent).

    Append-only by a trigger: only the seal may be set, once; rows leave only with their whole day, when retention says so.
    People are named by their public ids and not by foreign keys: the record outlives an account.
    """

    recorded_at = models.DateTimeField(_("时间"), default=timezone.now)
    action = models.CharField(_("动作"), max_length=1, choices=Action, default=Action.READ)
    actor_id = models.UUIDField(_("谁"), null=True)
    actor_label = models.CharField(_("谁（角色和机构）"), max_length=120, blank=True)
    subject_id = models.UUIDField(_("关于谁"))
    items = ArrayField(models.CharField(max_length=32), verbose_name=_("看了什么"), default=list)
    records = ArrayField(models.UUIDField(), verbose_name=_("哪些记录"), default=list)
    purpose = models.CharField(_("目的"), max_length=24)
    outcome = models.CharField(_("结果"), max_length=1, choices=Outcome, default=Outcome.ALLOWED)
    reason = models.CharField(_("依据"), max_length=60, blank=True)
    # The seal: which day's chain, the place in it, and the link.
    chain_on = models.DateField(null=True, editable=False)
    position = models.PositiveIntegerField(null=True, editable=False)
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("查看记录")
        indexes = [
            models.Index(fields=["subject_id", "-recorded_at", "-id"], name="audit_about_somebody"),
            models.Index(fields=["id"], name="audit_unsealed", condition=models.Q(position=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["chain_on", "position"], name="audit_one_event_a_place"),
            models.CheckConstraint(
                condition=models.Q(position=None, chain_on=None, previous_hash="", hash="")
                | models.Q(position__gte=1, chain_on__isnull=False) & ~models.Q(previous_hash="") & ~models.Q(hash=""),
                name="audit_sealed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d %H:%M:%S} {self.action} {self.actor_label}"


class DaySeal(models.Model):
    """A signed statement of how long a day's chain was and how it ended.

    An open day has interim ones, so that its tail can be checked too; the final one closes it, and carries on from the
    final seal of the day closed before. Grade L1: no person stands in it.
    """

    chain_on = models.DateField()
    is_final = models.BooleanField(default=False)
    count = models.PositiveIntegerField()
    last_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, help_text=_("上一个已封存日子的封条"))
    sealed_at = models.DateTimeField(default=timezone.now)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("每日封条")
        ordering = ["chain_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain_on"], condition=models.Q(is_final=True), name="audit_day_closed_once"
            ),
            models.UniqueConstraint(
                fields=["chain_on", "count", "previous_hash"],
                condition=models.Q(is_final=False),
                name="audit_interim_seal_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_on} {self.count}"
