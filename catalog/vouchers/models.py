"""Rewards and the links people share. Codes, validity and limits are Oscar's Voucher, ConditionalOffer and Benefit."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from catalog.scheduling.models import Booking
from marketplace.core.models import PublicIdModel

from .enums import RewardKind


class ShareLink(PublicIdModel):
    """An adult's link to the start of our pages. It says nothing of its owner."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="share_link")
    code = models.CharField(max_length=16, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.code


class Arrival(models.Model):
    """That a new adult came by a link and wanted it known: once in a lifetime."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="arrivals")
    newcomer = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    arrived_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.link} {self.arrived_at:%F}"


class Reward(PublicIdModel):
    """A voucher that one person got for one thing, and alone may use. There is no column that could hold a rating."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rewards")
    kind = models.CharField(max_length=10, choices=RewardKind)
    voucher = models.OneToOneField("voucher.Voucher", models.PROTECT, related_name="reward")
    booking = models.ForeignKey(Booking, models.SET_NULL, null=True, blank=True, related_name="+")
    arrival = models.ForeignKey(Arrival, models.SET_NULL, null=True, blank=True, related_name="rewards")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "person"], name="one_reward_per_booking_and_person"),
            models.UniqueConstraint(fields=["arrival", "kind"], name="one_reward_per_arrival_and_side"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
