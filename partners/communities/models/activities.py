"""What a community plans: an activity with what it needs, every version of the plan, who comes, and what they thought."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner
from marketplace.core.models import PublicIdModel
from marketplace.core.needs import Need
from payments.grants.models import Fund

from ..enums import ActivityState, Audience, ResourceKind, SignUpState

#: How many people one sign-up may bring.
MOST_SEATS_EACH = 4


class Activity(PublicIdModel):
    """Something a community does for its families; free of charge."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="activities")
    title = models.CharField(_("名称"), max_length=60)
    summary = models.CharField(_("一句话介绍"), max_length=120)
    description = models.TextField(_("做些什么"), max_length=2000)
    need = models.CharField(_("围绕什么"), max_length=20, choices=Need)
    audience = models.CharField(_("适合谁"), max_length=10, choices=Audience, default=Audience.FAMILIES)
    district = models.CharField(_("区县"), max_length=30)
    address = models.CharField(_("地点"), max_length=160)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    capacity = models.PositiveSmallIntegerField(_("座位"))
    taken = models.PositiveSmallIntegerField(default=0)
    came = models.PositiveSmallIntegerField(default=0)  # of the seats taken; stays when sign-ups are erased
    state = models.CharField(max_length=10, choices=ActivityState, default=ActivityState.DRAFT)
    version = models.PositiveSmallIntegerField(default=0)
    fund = models.ForeignKey(Fund, models.SET_NULL, null=True, blank=True, related_name="activities")
    fund_asked_at = models.DateTimeField(null=True, blank=True)
    fund_opened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("社区活动")
        verbose_name_plural = _("社区活动")
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=2000), name="activity_has_seats"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="activity_never_overfull"),
            models.CheckConstraint(condition=Q(came__lte=F("taken")), name="activity_came_of_taken"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | Q(state="draft", cancelled_at=None)
                | Q(state="published", cancelled_at=None, published_at__isnull=False),
                name="activity_state_and_moments",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="activity_public", condition=Q(state="published"))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:detail", args=[self.public_id])

    @property
    def free(self) -> int:
        return self.capacity - self.taken


class NeededResource(models.Model):
    """So much of one kind that an activity needs."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=10, choices=ResourceKind)
    quantity = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "kind"], name="resource_kind_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="resource_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} × {self.quantity}"


class ActivityVersion(PublicIdModel):
    """The plan as it was saved once; never changed."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="activity_version_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.number}"


class SignUp(PublicIdModel):
    """Seats for a person and who comes along. At the door a number stands for them: the community learns no name."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="activity_sign_ups")
    number = models.CharField(max_length=6)
    seats = models.PositiveSmallIntegerField(_("几个人来"), default=1)
    state = models.CharField(max_length=10, choices=SignUpState, default=SignUpState.GOING)
    asked_at = models.DateTimeField(default=timezone.now)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    has_answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"], condition=Q(state="going"), name="one_activity_sign_up_each"
            ),
            models.UniqueConstraint(fields=["activity", "number"], name="sign_up_number_once"),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_SEATS_EACH), name="activity_sign_up_one_to_four"
            ),
            models.CheckConstraint(condition=Q(state="going") | Q(checked_in_at=None), name="checked_in_only_if_going"),
            models.CheckConstraint(
                condition=Q(has_answered=False) | Q(checked_in_at__isnull=False), name="answers_only_who_came"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.number}"


class Answer(models.Model):
    """What one person who came thought. It hangs on nobody: no sign-up, no time, and no words that give one away."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="answers")
    helpful = models.PositiveSmallIntegerField()
    would_come_again = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(helpful__gte=1, helpful__lte=5), name="answer_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.helpful}"
