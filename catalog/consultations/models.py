"""The session itself and who was in it. Nothing said or shown in it is kept here, or anywhere."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.models import Booking, Occupancy
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from .enums import EncounterStatus, Part


class Encounter(PublicIdModel):
    """A session (FHIR Encounter), one for an occupancy; made when the first person comes."""

    occupancy = models.OneToOneField(Occupancy, models.CASCADE, related_name="encounter")
    status = models.CharField(max_length=12, choices=EncounterStatus, default=EncounterStatus.PLANNED)
    created_at: datetime = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="encounter_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(status=EncounterStatus.IN_PROGRESS) | Q(started_at__isnull=False, ended_at=None),
                name="encounter_in_progress_has_begun",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupancy} {self.get_status_display()}"


class Visit(PublicIdModel):
    """One person's presence in a session: when they came, were let in, and left. The name they chose is not kept."""

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="visits")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    part = models.CharField(max_length=8, choices=Part)
    #: Whose places they fill: a parent may bring two children to one screen.
    bookings = models.ManyToManyField(Booking, related_name="visits", blank=True)
    arrived_at: datetime = models.DateTimeField(default=timezone.now)
    admitted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(admitted_at=None) | Q(admitted_at__gte=F("arrived_at")), name="visit_admitted_after_arrival"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")), name="visit_left_after_arrival"
            ),
        ]
        indexes = [models.Index(fields=["encounter", "person"], name="visit_of_person")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.arrived_at:%F %H:%M}"


class Whereabouts(PublicIdModel):
    """Where the young person is during one session and whom to call there, given by the family for an emergency only."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="whereabouts")
    place = EncryptedTextField(_("会面时人在哪里"), subject="booking.child.public_id", max_length=120, blank=True)
    contact_name = EncryptedTextField(
        _("那时能赶到的大人"), subject="booking.child.public_id", max_length=30, blank=True
    )
    contact_phone = EncryptedTextField(_("电话"), subject="booking.child.public_id", max_length=20, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    given_at: datetime = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.booking_id} {self.given_at:%F %H:%M}"


class Emergency(PublicIdModel):
    """That a provider saw somebody in danger during a session, and who of our staff took it on."""

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="emergencies")
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="emergencies")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    raised_at: datetime = models.DateTimeField(default=timezone.now)
    #: When the first of our people on duty was told; None: nobody could be yet.
    alerted_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["encounter", "booking"], name="emergency_raised_once")]

    def __str__(self) -> str:
        return f"{self.encounter} {self.raised_at:%F %H:%M}"
