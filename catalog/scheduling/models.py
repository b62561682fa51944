"""Providers' time: when they work, what is taken, and who has a place in it."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    BigIntegerRangeField,
    DateTimeRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.cancellation import CancellationPolicy, default_windows
from catalog.catalogue.models import Category, Product
from catalog.partner.models import Partner
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import BookingStatus, CancelledBy, Language, Mode, OccupancyKind, Weekday


class TimeRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class IdRange(Func):
    """A one-element range of ids: embedded PostgreSQL has no btree_gist, so equality is written as overlap."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()


class Provider(PublicIdModel):
    """Who gives care (FHIR Practitioner), at one partner."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="providers", verbose_name=_("机构"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="provider"
    )
    name = models.CharField(_("姓名"), max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("头衔"), max_length=60, blank=True)
    credential = models.CharField(_("资质"), max_length=160, blank=True)
    biography = models.TextField(_("介绍"), blank=True)
    approaches = ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name=_("方法"))
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True, verbose_name=_("语言"))
    years_of_practice = models.PositiveSmallIntegerField(_("从业年数"), default=0)
    tone = models.PositiveSmallIntegerField(default=1, help_text=_("头像渐变色 1–6"))
    needs = models.ManyToManyField(Category, related_name="providers", blank=True, verbose_name=_("擅长方向"))
    is_active = models.BooleanField(_("接受预约"), default=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["partner", "pk"]
        verbose_name = _("咨询师")

    def __str__(self) -> str:
        return self.name

    @property
    def language_names(self) -> list[str]:
        """The languages in the reader's own."""
        names = dict(Language.choices)
        return [str(names.get(language, language)) for language in self.languages]


class Location(models.Model):
    """A place where sessions are held."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="locations")
    name = models.CharField(_("名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=160)
    district = models.CharField(_("区县"), max_length=30, blank=True)
    how_to_find = models.CharField(_("怎么找到"), max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class HealthcareService(models.Model):
    """How a session product is booked: who may give it, how long, in which modes, under which windows."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="service")
    providers = models.ManyToManyField(Provider, related_name="services", verbose_name=_("咨询师"))
    location = models.ForeignKey(Location, models.SET_NULL, null=True, blank=True, verbose_name=_("地点"))
    modes = ArrayField(models.CharField(max_length=10, choices=Mode), default=list, verbose_name=_("方式"))
    duration_minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=50)
    buffer_minutes = models.PositiveSmallIntegerField(_("之后的间隔（分钟）"), default=10)
    start_interval_minutes = models.PositiveSmallIntegerField(_("起始间隔（分钟）"), default=30)
    minimum_notice_minutes = models.PositiveIntegerField(_("最少提前（分钟）"), default=120)
    horizon_days = models.PositiveSmallIntegerField(_("可约天数"), default=28)
    parent_pay_hours = models.PositiveSmallIntegerField(_("等家长付款的时间（小时）"), default=12)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=10, duration_minutes__lte=480), name="service_duration_sane"
            ),
            models.CheckConstraint(condition=Q(start_interval_minutes__gte=5), name="service_interval_sane"),
            models.CheckConstraint(
                condition=Q(parent_pay_hours__gte=1, parent_pay_hours__lte=72), name="service_parent_pay_sane"
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)


class WeeklyAvailability(models.Model):
    """A provider works every week on this day, from one local time to another (FHIR Schedule)."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="weekly_availability")
    weekday = models.SmallIntegerField(_("星期"), choices=Weekday)
    from_time = models.TimeField(_("从"))
    to_time = models.TimeField(_("到"))
    modes = ArrayField(models.CharField(max_length=10, choices=Mode), default=list, blank=True, verbose_name=_("方式"))

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

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="exception_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%F %H:%M}–{self.ends_at:%F %H:%M}"


class Occupancy(PublicIdModel):
    """A provider's time that is taken, buffers included: never two live ones at once.

    An individual session has one seat; a group is one occupancy with several, and bookings are seats in it.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="occupancies")
    service = models.ForeignKey(HealthcareService, models.PROTECT, null=True, blank=True, related_name="occupancies")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=OccupancyKind, default=OccupancyKind.INDIVIDUAL)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text=_("会面结束"))
    busy_until = models.DateTimeField(help_text=_("含间隔，在此之前不可再约"))
    is_live = models.BooleanField(default=True)
    seats = models.PositiveSmallIntegerField(default=1)
    seats_taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(busy_until__gte=F("ends_at")),
                name="occupancy_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("seats")), name="occupancy_never_overfull"),
            ExclusionConstraint(
                name="provider_never_in_two_places",
                expressions=[
                    (IdRange("provider", "provider", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                    (TimeRange("starts_at", "busy_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_live=True),
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "starts_at"], name="occupancy_live", condition=Q(is_live=True)),
            models.Index(fields=["starts_at"], name="occupancy_by_start", condition=Q(is_live=True)),
            models.Index(fields=["service", "starts_at"], name="group_seats", condition=Q(is_live=True, kind="group")),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.starts_at:%F %H:%M}"


class Booking(PublicIdModel):
    """A family's place in an occupancy (FHIR Appointment)."""

    occupancy = models.ForeignKey(Occupancy, models.PROTECT, related_name="bookings")
    service = models.ForeignKey(HealthcareService, models.PROTECT, related_name="bookings")
    child = models.ForeignKey(Child, models.PROTECT, related_name="bookings")
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bookings_made")
    mode = models.CharField(max_length=10, choices=Mode)
    status = models.CharField(max_length=10, choices=BookingStatus, default=BookingStatus.PENDING)
    held_until = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    moved_count = models.PositiveSmallIntegerField(default=0)
    created_at: datetime = models.DateTimeField(default=timezone.now)
    # The product's windows as they were when the time was taken: what the family agreed to.
    cancellation_windows = models.JSONField(default=default_windows)
    reminded_day_at = models.DateTimeField(null=True, blank=True)
    reminded_hour_at = models.DateTimeField(null=True, blank=True)
    shows_detail: bool  # whether the person who looks sees what it is and with whom: set by `selectors.with_sight`

    class Meta:
        ordering = ["occupancy__starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=BookingStatus.PENDING) | Q(held_until__isnull=False), name="hold_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["occupancy", "child"],
                condition=~Q(status=BookingStatus.CANCELLED),
                name="child_has_one_seat",
            ),
        ]
        indexes = [
            models.Index(fields=["held_until"], name="booking_holds", condition=Q(status="pending")),
            models.Index(fields=["booked_by", "status"], name="booking_of_family"),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.get_status_display()}"

    @property
    def cancellation_policy(self) -> CancellationPolicy:
        """Until when and at what cost it may be cancelled."""
        return CancellationPolicy.from_json(self.cancellation_windows)
