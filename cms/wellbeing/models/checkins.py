"""When a young person wants to be asked how it is, and the askings. No workflow here."""

from datetime import datetime, time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .moods import MoodEntry


def _every_day() -> list[int]:
    return list(range(7))


class CheckInPlan(PublicIdModel):
    """When to ask, chosen by the young person; one each. Off until they switch it on, off again in one press.

    `times` are Shanghai clock times, `days` weekdays (Monday 0). Never in quiet hours, which go over midnight; never in
    lessons while `keeps_lessons` (lessons from Monday to Friday, with the midday break free). `next_at` is the next
    asking that the rules allow; None where the plan is stopped or leaves no moment at all.
    """

    child = models.OneToOneField(Child, models.CASCADE, related_name="checkin_plan")
    times = ArrayField(models.TimeField(), verbose_name=_("几点"), size=4)
    days = ArrayField(models.SmallIntegerField(), verbose_name=_("星期几"), default=_every_day)
    quiet_from = models.TimeField(_("安静时间从"), default=time(21, 30))
    quiet_until = models.TimeField(_("安静时间到"), default=time(7))
    keeps_lessons = models.BooleanField(_("上课时间不打扰"), default=True)
    lessons_from = models.TimeField(_("上课从"), default=time(7, 30))
    midday_from = models.TimeField(_("午休从"), default=time(12))
    midday_until = models.TimeField(_("午休到"), default=time(13, 30))
    lessons_until = models.TimeField(_("放学"), default=time(17))
    next_at = models.DateTimeField(null=True, blank=True)
    started_at: datetime = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="checkins_due", condition=Q(stopped_at=None))]

    def __str__(self) -> str:
        return f"{self.started_at:%F}"

    @property
    def is_running(self) -> bool:
        """Whether it asks at all."""
        return self.stopped_at is None


class CheckInPrompt(PublicIdModel):
    """One asking: told once, put off or answered or let go. Letting go is never asked about again."""

    plan = models.ForeignKey(CheckInPlan, models.CASCADE, related_name="prompts")
    due_at = models.DateTimeField()
    told_at = models.DateTimeField()
    snoozed_until = models.DateTimeField(null=True, blank=True)
    snoozes = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True, help_text=_("回答了、过了时间或者停了"))
    mood = models.OneToOneField(MoodEntry, models.SET_NULL, null=True, blank=True, related_name="prompt")

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "due_at"], name="one_asking_at_a_time")]
        indexes = [
            models.Index(fields=["snoozed_until"], name="checkins_snoozed", condition=Q(ended_at=None)),
            models.Index(fields=["told_at"], name="checkins_open", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.due_at:%F %H:%M}"
