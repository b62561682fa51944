"""What a family and an organisation say to one another about a booking."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.models import Booking
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

WORDS_LENGTH = 800


class BookingMessage(PublicIdModel):
    """One message of one person of a family and the organisation about one booking.

    Each person of the family has a talk of their own: what a young person writes here, no guardian reads, and the other
    way round. Sealed by that person's key, whoever of the two sides wrote it.
    """

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="messages")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="booking_messages")
    is_from_family = models.BooleanField()
    #: Who wrote it for the organisation; nobody where the account is gone.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    words = EncryptedTextField(_("想说的话"), subject="person.public_id", max_length=WORDS_LENGTH)
    sent_at: datetime = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=models.F("sent_at")), name="message_read_after_it_was_sent"
            ),
        ]
        indexes = [
            models.Index(fields=["booking", "person", "sent_at"], name="messages_of_a_talk"),
            models.Index(fields=["booking"], name="messages_unread", condition=Q(read_at=None, is_from_family=True)),
        ]

    def __str__(self) -> str:
        return f"{self.sent_at:%F %H:%M}"
