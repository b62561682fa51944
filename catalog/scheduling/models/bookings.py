"""Who has a place in a provider's time."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.catalogue.cancellation import CancellationPolicy, default_windows
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from ..enums import Attendee, BookingStatus, CancelledBy, Mode
from .occupancies import Occupancy
from .providers import HealthcareService
from .ranges import IdRange, TimeRange


class BookingSeries(PublicIdModel):
    """Sessions booked in one go, one every so many weeks."""

    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    every_weeks = models.PositiveSmallIntegerField(default=1)
    created_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every_weeks__gte=1, every_weeks__lte=4), name="series_rhythm_sane")
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Booking(PublicIdModel):
    """A family's place in an occupancy (FHIR Appointment).

    `starts_at` and `ends_at` repeat the occupancy's, kept equal by the database, so that it can keep a child from being in
    two places.
    """

    occupancy = models.ForeignKey(Occupancy, models.PROTECT, related_name="bookings")
    service = models.ForeignKey(HealthcareService, models.PROTECT, related_name="bookings")
    child = models.ForeignKey(Child, models.PROTECT, related_name="bookings")
    attendee = models.CharField(max_length=8, choices=Attendee, default=Attendee.CHILD)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bookings_made")
    mode = models.CharField(max_length=10, choices=Mode)
    status = models.CharField(max_length=10, choices=BookingStatus, default=BookingStatus.PENDING)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    held_until = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    moved_count = models.PositiveSmallIntegerField(default=0)
    moved_by_provider_at = models.DateTimeField(null=True, blank=True)
    series = models.ForeignKey(BookingSeries, models.SET_NULL, null=True, blank=True, related_name="bookings")
    # The same for places that were taken together: all of them or none.
    together_id = models.UUIDField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=~Q(status=BookingStatus.PROPOSED) | Q(answer_by__isnull=False), name="request_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["occupancy", "child", "attendee"],
                condition=~Q(status=BookingStatus.CANCELLED),
                name="child_has_one_seat",
            ),
            ExclusionConstraint(
                name="child_never_in_two_places",
                expressions=[
                    (IdRange("child", "child", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                    (TimeRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=~Q(status=BookingStatus.CANCELLED) & Q(attendee=Attendee.CHILD),
            ),
        ]
        indexes = [
            models.Index(fields=["held_until"], name="booking_holds", condition=Q(status="pending")),
            models.Index(fields=["answer_by"], name="booking_requests", condition=Q(status="proposed")),
            models.Index(fields=["booked_by", "status"], name="booking_of_family"),
            models.Index(fields=["together_id"], name="booking_together", condition=Q(together_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.get_status_display()}"

    @property
    def cancellation_policy(self) -> CancellationPolicy:
        """Until when and at what cost it may be cancelled."""
        return CancellationPolicy.from_json(self.cancellation_windows)
