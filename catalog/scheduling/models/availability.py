"""When a provider works, and what another calendar of theirs says."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from ..enums import CalendarTrouble, Mode, Weekday
from .providers import Location, Provider


class WeeklyAvailability(models.Model):
    """A provider works every week on this day, from one local time to another (FHIR Schedule)."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="weekly_availability")
    weekday = models.SmallIntegerField(_("星期"), choices=Weekday)
    from_time = models.TimeField(_("从"))
    to_time = models.TimeField(_("到"))
    modes = ArrayField(models.CharField(max_length=10, choices=Mode), default=list, blank=True, verbose_name=_("方式"))
    location = models.ForeignKey(
        Location, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("地点")
    )

    class Meta:
        ordering = ["weekday", "from_time"]
        constraints = [
            models.CheckConstraint(condition=Q(to_time__gt=F("from_time")), name="availability_ends_after_start"),
            models.UniqueConstraint(fields=["provider", "weekday", "from_time"], name="availability_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.from_time:%H:%M}–{self.to_time:%H:%M}"


class AvailabilityException(models.Model):
    """A stretch of time that is closed, or opened beyond the weekly hours."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="availability_exceptions")
    starts_at = models.DateTimeField(_("从"))
    ends_at = models.DateTimeField(_("到"))
    is_open = models.BooleanField(_("加开"), default=False)
    reason = models.CharField(_("说明"), max_length=60, blank=True)
    location = models.ForeignKey(
        Location, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("地点")
    )

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="exception_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%F %H:%M}–{self.ends_at:%F %H:%M}"


class BusyCalendar(PublicIdModel):
    """Another calendar of a provider, read from its private address: what is in it cannot be booked here."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="busy_calendars")
    label = models.CharField(_("名称"), max_length=40)
    address = EncryptedTextField(_("日历地址"), subject="provider.public_id")
    added_at: datetime = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=12, choices=CalendarTrouble, blank=True)
    trouble_since = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label


class BusyTime(models.Model):
    """A stretch in which another calendar has something; what, it does not say."""

    calendar = models.ForeignKey(BusyCalendar, models.CASCADE, related_name="times")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="busy_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_time_ends_after_start")
        ]
        indexes = [models.Index(fields=["provider", "ends_at"], name="busy_time_of_provider")]

    def __str__(self) -> str:
        return f"{self.starts_at:%F %H:%M}–{self.ends_at:%F %H:%M}"
