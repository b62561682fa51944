"""Letters that ask a hospital to see a young person (FHIR ServiceRequest); no workflow here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import OPEN_STATES, LetterState

LETTER_LENGTH = 4_000


class ReferralLetter(PublicIdModel):
    """From whoever cares for a young person to a hospital, with the family's consent; its words are sealed."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="referral_letters")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="referral_letters")
    hospital = models.ForeignKey(Partner, models.PROTECT, related_name="referral_letters")
    words = EncryptedTextField(_("转介信"), subject="child.public_id", max_length=LETTER_LENGTH)
    is_urgent = models.BooleanField(_("尽快"), default=False)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.SENT)
    sent_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = EncryptedTextField(
        _("医院的回复"), subject="child.public_id", max_length=LETTER_LENGTH, blank=True, default=""
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "provider", "hospital"],
                condition=Q(state__in=OPEN_STATES),
                name="one_open_referral_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_at=None)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
                name="referral_over_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["hospital", "state", "sent_at"], name="referrals_of_hospital")]

    def __str__(self) -> str:
        return str(self.public_id)[:8]

    @property
    def is_open(self) -> bool:
        """Whether the hospital still has to do something."""
        return self.state in OPEN_STATES
