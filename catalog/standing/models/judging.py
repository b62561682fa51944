"""What associations do for the trade: they assess, train, and have a say in the standards."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.core.models import PublicIdModel

from ..enums import AssessmentResult, Stance


class Assessment(PublicIdModel):
    """An association's signed answers to a checklist about an organisation. It counts until `valid_until_on`."""

    body = models.ForeignKey(Partner, models.PROTECT, related_name="assessments_made", verbose_name=_("评估的协会"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="assessments", verbose_name=_("机构"))
    checklist_version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    result = models.CharField(_("结果"), max_length=6, choices=AssessmentResult)
    remarks = models.TextField(_("说明"), max_length=1000, blank=True)
    signed_at: datetime = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    valid_until_on = models.DateField(_("有效到"))

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(body=F("partner")), name="nobody_assesses_itself"),
            models.CheckConstraint(condition=Q(result__in=AssessmentResult.values), name="assessment_result_known"),
        ]
        indexes = [models.Index(fields=["partner", "-signed_at"], name="assessment_of_partner")]

    def __str__(self) -> str:
        return f"{self.partner} · {self.get_result_display()}"


class Training(PublicIdModel):
    """A training that an association holds, and who took part."""

    body = models.ForeignKey(Partner, models.PROTECT, related_name="trainings", verbose_name=_("举办的协会"))
    title = models.CharField(_("题目"), max_length=80)
    held_on = models.DateField(_("日期"))
    hours = models.PositiveSmallIntegerField(_("学时"), default=2)
    providers = models.ManyToManyField(Provider, related_name="trainings", blank=True, verbose_name=_("谁参加了"))
    noted_at: datetime = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "title", "held_on"], name="training_noted_once"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=200), name="training_hours_sane"),
        ]

    def __str__(self) -> str:
        return self.title


class StandardsVersion(PublicIdModel):
    """One version of the standards page; published ones stay as they are."""

    number = models.PositiveSmallIntegerField(unique=True)
    body = models.TextField(_("内容"))
    drafted_at: datetime = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"v{self.number}"


class StandardsSay(PublicIdModel):
    """What an association says to a version of the standards: kept and shown, whether or not it was followed."""

    version = models.ForeignKey(StandardsVersion, models.PROTECT, related_name="says")
    body = models.ForeignKey(Partner, models.PROTECT, related_name="standards_says", verbose_name=_("行业协会"))
    stance = models.CharField(_("意见"), max_length=7, choices=Stance)
    words = models.TextField(_("说明"), max_length=1000)
    said_at: datetime = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "body"], name="one_say_of_a_body"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values) & ~Q(words=""), name="say_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.body} · {self.get_stance_display()}"
