"""What is taken of providers' and rooms' time."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel

from ..enums import OccupancyKind
from .providers import HealthcareService, Location, Provider, Room
from .ranges import IdRange, TimeRange

#: No occupancy is longer, so whoever looks for those that reach into a time need look back no further.
LONGEST = timedelta(hours=24)


class Occupancy(PublicIdModel):
    """A provider's time that is taken, buffers included: never two live ones at once; a room with it where one is needed.

    An individual session has one seat; a group is one occupancy with several, and bookings are seats in it.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="occupancies")
    service = models.ForeignKey(HealthcareService, models.PROTECT, null=True, blank=True, related_name="occupancies")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, blank=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="occupancies")
    kind = models.CharField(max_length=10, choices=OccupancyKind, default=OccupancyKind.INDIVIDUAL)
    busy_from = models.DateTimeField(help_text=_("含准备，从此时起不可再约"))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text=_("会面结束"))
    busy_until = models.DateTimeField(help_text=_("含间隔，在此之前不可再约"))
    is_live = models.BooleanField(default=True)
    seats = models.PositiveSmallIntegerField(default=1)
    seats_taken = models.PositiveSmallIntegerField(default=0)
    minimum_seats = models.PositiveSmallIntegerField(default=0, help_text=_("少于这么多人就不办"))
    decided_at = models.DateTimeField(null=True, blank=True, help_text=_("何时确定办或不办"))

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"))
                & Q(busy_until__gte=F("ends_at"))
                & Q(busy_from__lte=F("starts_at")),
                name="occupancy_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(busy_until__lte=F("busy_from") + LONGEST), name="occupancy_within_a_day"
            ),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("seats")), name="occupancy_never_overfull"),
            models.CheckConstraint(condition=Q(minimum_seats__lte=F("seats")), name="occupancy_can_reach_its_minimum"),
            ExclusionConstraint(
                name="provider_never_in_two_places",
                expressions=[
                    (IdRange("provider", "provider", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                    (TimeRange("busy_from", "busy_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_live=True),
            ),
            ExclusionConstraint(
                name="room_never_used_twice",
                expressions=[
                    (IdRange("room", "room", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                    (TimeRange("busy_from", "busy_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_live=True, room__isnull=False),
            ),
        ]
        indexes = [
            # Free times are read from the index alone, whatever else a row holds.
            models.Index(
                fields=["provider", "busy_from"],
                include=["busy_until", "starts_at", "kind", "id"],
                name="occupancy_live",
                condition=Q(is_live=True),
            ),
            models.Index(
                fields=["room", "busy_from"],
                include=["busy_until"],
                name="occupancy_of_room",
                condition=Q(is_live=True, room__isnull=False),
            ),
            models.Index(fields=["starts_at"], name="occupancy_by_start", condition=Q(is_live=True)),
            models.Index(fields=["service", "starts_at"], name="group_seats", condition=Q(is_live=True, kind="group")),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.starts_at:%F %H:%M}"
