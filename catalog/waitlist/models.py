"""Who waits for a time, for whom and when it suits, and the times that were kept for them."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.enums import Mode, Weekday
from catalog.scheduling.models import Booking, HealthcareService, Provider
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import LIVE_ENTRY_STATES, LIVE_OFFER_STATES, EntryState, NeedBand, OfferState


class WaitlistEntry(PublicIdModel):
    """A family's place on the waiting list of a service: one child, or several who come together or not at all.

    Empty wishes mean that anything suits. `from_time` and `to_time` enclose the whole session.
    """

    service = models.ForeignKey(HealthcareService, models.CASCADE, related_name="waitlist_entries")
    provider = models.ForeignKey(Provider, models.SET_NULL, null=True, blank=True, related_name="waitlist_entries")
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="waitlist_entries")
    children = models.ManyToManyField(Child, related_name="waitlist_entries")
    with_guardian = models.BooleanField(default=False)
    modes = ArrayField(models.CharField(max_length=10, choices=Mode))
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), default=list, blank=True)
    from_time = models.TimeField(null=True, blank=True)
    to_time = models.TimeField(null=True, blank=True)
    from_on: date | None = models.DateField(null=True, blank=True)
    to_on: date | None = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=EntryState, default=EntryState.WAITING)
    joined_at: datetime = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The band the provider's people set; without one, whatever the registered rule says of the children.
    need_band = models.PositiveSmallIntegerField(choices=NeedBand, null=True, blank=True)
    needed_by: date | None = models.DateField(null=True, blank=True, help_text=_("最晚应该在这一天见面"))
    unmet_at = models.DateTimeField(null=True, blank=True, help_text=_("何时发现过了那一天还没有时间"))
    lapses = models.PositiveSmallIntegerField(default=0, help_text=_("连续几次没有回应"))

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LIVE_ENTRY_STATES, ended_at__isnull=True)
                | (~Q(state__in=LIVE_ENTRY_STATES) & Q(ended_at__isnull=False)),
                name="waitlist_entry_ends_once",
            ),
            models.CheckConstraint(condition=Q(modes__len__gte=1), name="waitlist_entry_has_a_mode"),
        ]
        indexes = [
            models.Index(fields=["service", "joined_at"], name="waitlist_queue", condition=Q(state="waiting")),
            models.Index(fields=["joined_by", "state"], name="waitlist_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} · {self.get_state_display()}"

    @property
    def is_live(self) -> bool:
        """Whether they still wait, or decide."""
        return self.state in LIVE_ENTRY_STATES


class WaitlistOffer(PublicIdModel):
    """A time that is kept for somebody who waited, by holds of their own, until `expires_at`."""

    entry = models.ForeignKey(WaitlistEntry, models.CASCADE, related_name="offers")
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.OPEN)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=Mode)
    offered_at: datetime = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state__in=LIVE_OFFER_STATES), name="one_live_offer_per_entry"
            ),
            models.UniqueConstraint(
                fields=["entry", "starts_at"],
                condition=~Q(state=OfferState.WITHDRAWN),
                name="a_time_is_offered_once_to_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__lt=F("expires_at"), expires_at__lte=F("starts_at")),
                name="offer_ends_before_its_start",
            ),
        ]
        indexes = [models.Index(fields=["offered_at"], name="waitlist_offers_by_day")]

    def __str__(self) -> str:
        return f"{self.starts_at:%F %H:%M} · {self.get_state_display()}"


class OfferedPlace(models.Model):
    """One of the places of an offer. No place is ever offered twice."""

    offer = models.ForeignKey(WaitlistOffer, models.CASCADE, related_name="places")
    booking = models.OneToOneField(Booking, models.CASCADE, related_name="offered_place")

    def __str__(self) -> str:
        return f"{self.offer_id} · {self.booking_id}"
