"""What people say about a session they attended."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product
from catalog.scheduling.models import Booking
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from .enums import GivenBy, Helped, WordsRefusal, WordsState

WORDS_LENGTH = 600


class Feedback(PublicIdModel):
    """One person's feedback on one session: stars, what helped, and words if they like.

    `words` are sealed as they were written; `shown_words` is what everybody may read, empty unless they were let through.
    """

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="feedback")
    product = models.ForeignKey(Product, models.CASCADE, related_name="feedback")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_given")
    given_by = models.CharField(max_length=10, choices=GivenBy)
    rating = models.PositiveSmallIntegerField(_("几颗星"))
    helped = ArrayField(models.CharField(max_length=10, choices=Helped), default=list, blank=True)
    words = EncryptedTextField(
        _("想说的话"), subject="person.public_id", max_length=WORDS_LENGTH, blank=True, default=""
    )
    shown_words = models.TextField(blank=True, default="")
    words_state = models.CharField(max_length=10, choices=WordsState, default=WordsState.NONE)
    sounds_urgent = models.BooleanField(default=False)
    given_at: datetime = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    refusal = models.CharField(max_length=12, choices=WordsRefusal, blank=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "person"], name="feedback_once_each"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="feedback_one_to_five"),
            models.CheckConstraint(
                condition=Q(shown_words="") | Q(words_state=WordsState.PUBLISHED),
                name="feedback_shown_when_let_through",
            ),
            models.CheckConstraint(
                condition=~Q(words_state=WordsState.DECLINED) | ~Q(refusal=""), name="feedback_refused_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["product", "-given_at"], name="feedback_of_product"),
            models.Index(
                fields=["-sounds_urgent", "given_at"], name="feedback_waiting", condition=Q(words_state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_given_by_display()} · {self.given_at:%F}"

    @property
    def helped_labels(self) -> list[str]:
        """What helped, in the reader's language."""
        names = dict(Helped.choices)
        return [str(names[each]) for each in self.helped if each in names]
