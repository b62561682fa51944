"""A dispute about one thing in an order: what both sides say, what was decided, and who answers for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.order.models import Line
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.core.uploads.models import StoredFile
from payments.models import Refund

from .enums import ENDED_CASE_STATES, OPEN_CASE_STATES, CaseState, Cause, Level, RulingState, Side, Topic


class Case(PublicIdModel):
    """A dispute about a line of an order. Its clocks stand beside its moments: what was promised, and what came true."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="mediation_cases")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    topic = models.CharField(_("哪方面"), max_length=12, choices=Topic)
    words = EncryptedTextField(_("发生了什么"), subject="opened_by.public_id", max_length=1000)
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    decide_by = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    appeal_by = models.DateTimeField(null=True, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appealed_as = models.CharField(max_length=8, choices=Side, blank=True)
    appeal_words = EncryptedTextField(_("为什么不同意"), subject="opened_by.public_id", max_length=1000, blank=True)
    mediate_by = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(state__in=OPEN_CASE_STATES), name="one_open_case_per_line"
            ),
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_CASE_STATES, closed_at__isnull=False)
                | (~Q(state__in=ENDED_CASE_STATES) & Q(closed_at__isnull=True)),
                name="case_closed_at_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.MEDIATING) | Q(appealed_at__isnull=False, mediate_by__isnull=False),
                name="case_mediated_after_appeal",
            ),
        ]
        indexes = [models.Index(fields=["decide_by"], name="case_waiting", condition=Q(closed_at=None))]

    def __str__(self) -> str:
        return f"{self.line} · {self.get_state_display()}"


class Evidence(PublicIdModel):
    """What one side said during a dispute; the other side and our staff read it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence")
    given_as = models.CharField(max_length=8, choices=Side)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = EncryptedTextField(_("说明"), subject="case.opened_by.public_id", max_length=1000)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(given_as__in=(Side.FAMILY, Side.PARTNER)), name="evidence_of_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.get_given_as_display()} · {self.given_at:%Y-%m-%d}"


class Ruling(PublicIdModel):
    """What was decided: the cause, the side that answers for it, and the money that goes back because of it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="rulings")
    level = models.CharField(max_length=10, choices=Level)
    state = models.CharField(max_length=10, choices=RulingState)
    cause = models.CharField(_("原因"), max_length=10, choices=Cause)
    responsible = models.CharField(_("责任方"), max_length=8, choices=Side)
    # Beside what went back before; never what the family would have to return.
    refund_fen = models.BigIntegerField(default=0)
    reasons = EncryptedTextField(_("理由"), subject="case.opened_by.public_id", max_length=1000)
    # The authority's own number of its decision.
    reference = models.CharField(_("调解书编号"), max_length=40, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(refund_fen__gte=0), name="ruling_refund_not_negative"),
            models.CheckConstraint(
                condition=Q(cause=Cause.TECHNICAL, responsible=Side.PLATFORM)
                | Q(cause__in=(Cause.SERVICE, Cause.GOODS), responsible=Side.PARTNER)
                | Q(cause=Cause.NONE, responsible=Side.NOBODY, refund_fen=0),
                name="ruling_cause_names_the_side",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")), name="ruling_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state=RulingState.IN_FORCE, refund_fen=0, refund__isnull=True)
                | Q(state=RulingState.IN_FORCE, refund_fen__gt=0, refund__isnull=False)
                | (~Q(state=RulingState.IN_FORCE) & Q(refund__isnull=True)),
                name="ruling_moves_money_when_in_force",
            ),
            models.UniqueConstraint(
                fields=["case", "level"], condition=~Q(state=RulingState.REFUSED), name="one_ruling_per_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} · {self.get_cause_display()}"
