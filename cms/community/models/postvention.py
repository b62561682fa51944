"""What the hold after bad news keeps: what was noticed, holds, and what people did with them. No workflow here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from ..postvention.enums import HoldCause, HoldStep, Theme


class Sight(models.Model):
    """That a text spoke of a theme: no words, no author. A writer counts once a theme within the window."""

    theme = models.CharField(max_length=10, choices=Theme)
    topic = models.ForeignKey("community.Topic", models.CASCADE, related_name="+")
    thread = models.ForeignKey("community.Post", models.CASCADE, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    is_drill = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["theme", "seen_at"], name="community_sights")]

    def __str__(self) -> str:
        return f"{self.theme} {self.seen_at:%m-%d %H:%M}"


class HoldMode(PublicIdModel):
    """A time in which every post is read before it is shown: of one topic, or of the whole community (no topic).

    `seen` and `usual` are what the rule counted and what is usual for as many hours; `first_sight_at` the first of
    those counted, so that the seconds to the hold can be told. A drill holds nothing.
    """

    topic = models.ForeignKey("community.Topic", models.CASCADE, null=True, blank=True, related_name="holds")
    theme = models.CharField(max_length=10, choices=Theme, blank=True)
    cause = models.CharField(max_length=8, choices=HoldCause)
    is_drill = models.BooleanField(default=False)
    seen = models.PositiveIntegerField(default=0)
    usual = models.FloatField(default=0)
    first_sight_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    #: Until when a person looks (again) whether it is still needed. Nothing ends by itself.
    look_again_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(ended_at=None, is_drill=False, topic__isnull=False),
                name="one_hold_a_topic",
            ),
            models.UniqueConstraint(
                fields=["is_drill"], condition=Q(ended_at=None, is_drill=False, topic=None), name="one_hold_of_all"
            ),
            models.CheckConstraint(condition=~Q(cause=HoldCause.DRILL) | Q(is_drill=True), name="drill_hold_is_marked"),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.began_at:%m-%d %H:%M}"

    @property
    def seconds_to_hold(self) -> int | None:
        """Whole seconds from the first text counted to the hold; None where a person turned it on."""
        return None if self.first_sight_at is None else round((self.began_at - self.first_sight_at).total_seconds())


class HoldEntry(PublicIdModel):
    """One thing somebody did with a hold, and why; written once."""

    hold = models.ForeignKey(HoldMode, models.CASCADE, related_name="entries")
    step = models.CharField(max_length=10, choices=HoldStep)
    words = EncryptedTextField(_("原因"), subject="hold.public_id", blank=True, default="")
    # Null: the rule itself.
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.get_step_display()}"
