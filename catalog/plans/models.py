"""Care plans: what is to become better, by which steps, and what each plan said at every moment."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.models import Booking, HealthcareService, Provider
from catalog.waitlist.models import WaitlistEntry
from marketplace.core.encryption.fields import EncryptedJSONField, EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import (
    ENDED_PLAN_STATUSES,
    LIVE_PLAN_STATUSES,
    GoalStatus,
    Pathway,
    PlanChange,
    PlanStatus,
    StepStatus,
)

TITLE_LENGTH, ABOUT_LENGTH, GOAL_LENGTH, STEP_LENGTH = 40, 1000, 120, 200


class CarePlan(PublicIdModel):
    """What a provider and a family set out to do (FHIR CarePlan). Its words are sealed with the child's key."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="care_plans")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="care_plans")
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    pathway = models.CharField(max_length=10, choices=Pathway, blank=True, default=Pathway.NONE)
    title = EncryptedTextField(_("标题"), subject="child.public_id", max_length=TITLE_LENGTH)
    about = EncryptedTextField(
        _("为什么有这份计划"), subject="child.public_id", max_length=ABOUT_LENGTH, blank=True, default=""
    )
    closing = EncryptedTextField(
        _("结束时的话"), subject="child.public_id", max_length=ABOUT_LENGTH, blank=True, default=""
    )
    review_on: date | None = models.DateField(_("什么时候一起回看"), null=True, blank=True)
    review_told_on = models.DateField(null=True, blank=True)
    begun_at: datetime = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    changed_at: datetime = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "provider"],
                condition=Q(status__in=LIVE_PLAN_STATUSES),
                name="one_live_plan_of_a_provider",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED_PLAN_STATUSES, ended_at__isnull=False)
                | (~Q(status__in=ENDED_PLAN_STATUSES) & Q(ended_at__isnull=True)),
                name="plan_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlanStatus.ACTIVE) | Q(started_at__isnull=False), name="active_plan_was_started"
            ),
        ]
        indexes = [models.Index(fields=["child", "-begun_at"], name="plans_of_child")]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.begun_at:%F}"

    @property
    def is_live(self) -> bool:
        """Whether it is still written on."""
        return self.status in LIVE_PLAN_STATUSES

    @property
    def is_active(self) -> bool:
        return self.status == PlanStatus.ACTIVE


class PlanGoal(PublicIdModel):
    """What is to become better, in the family's own words (FHIR Goal)."""

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="goals")
    order = models.PositiveSmallIntegerField()
    text = EncryptedTextField(_("目标"), subject="plan.child.public_id", max_length=GOAL_LENGTH)
    status = models.CharField(max_length=10, choices=GoalStatus, default=GoalStatus.ACTIVE)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.order} {self.get_status_display()}"


class PlanStep(PublicIdModel):
    """One thing to do (FHIR CarePlan.activity); with a `service` it asks for a booking (FHIR ServiceRequest).

    `needed_by` is a promise: by then somebody has been offered a time. `offered_at` is when free times were there to choose
    from, `first_free_at` the earliest of them; where there were none, `waitlist_entry` waits. `unmet_at`: found to be late.
    """

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    text = EncryptedTextField(_("步骤"), subject="plan.child.public_id", max_length=STEP_LENGTH)
    status = models.CharField(max_length=12, choices=StepStatus, default=StepStatus.NOT_STARTED)
    review_on: date | None = models.DateField(_("什么时候看看"), null=True, blank=True)
    service = models.ForeignKey(
        HealthcareService,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plan_steps",
        verbose_name=_("要约的服务"),
    )
    provider = models.ForeignKey(
        Provider, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("和谁")
    )
    asked_at: datetime = models.DateTimeField(default=timezone.now)
    needed_by: date | None = models.DateField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    first_free_at = models.DateTimeField(null=True, blank=True)
    unmet_at = models.DateTimeField(null=True, blank=True)
    waitlist_entry = models.OneToOneField(
        WaitlistEntry, models.SET_NULL, null=True, blank=True, related_name="plan_step"
    )

    class Meta:
        ordering = ["order", "pk"]
        indexes = [
            models.Index(fields=["needed_by"], name="promised_steps", condition=Q(needed_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.get_status_display()}"


class StepBooking(models.Model):
    """That a booking was made for a step (FHIR Appointment.basedOn). Of several, the last one counts."""

    step = models.ForeignKey(PlanStep, models.CASCADE, related_name="step_bookings")
    booking = models.OneToOneField(Booking, models.CASCADE, related_name="step_booking")
    made_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.step_id} · {self.booking_id}"


class PlanVersion(PublicIdModel):
    """What a plan said after one change, and who made it. Only added; the database refuses any change."""

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=10, choices=PlanChange)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at: datetime = models.DateTimeField(default=timezone.now)
    content = EncryptedJSONField(subject="plan.child.public_id")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_change_display()}"
