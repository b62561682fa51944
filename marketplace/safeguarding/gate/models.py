"""What the gate found in a text. No words of it, and nobody's name."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel
from marketplace.safeguarding.enums import Kind, Level, Source


class Screening(PublicIdModel):
    """The gate's look at one text in which it found a danger (FHIR RiskAssessment).

    The text stays with the thing it is part of, which `ref` names by its public id; who wrote it is known to that thing
    and, sealed, to the concern that was opened. A row here must never lead from an anonymous post to a person.
    """

    source = models.CharField(_("写在哪里"), max_length=8, choices=Source)
    ref = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(_("哪一类"), max_length=16, choices=Kind)
    level = models.PositiveSmallIntegerField(_("紧急程度"), choices=Level)
    score = models.FloatField(default=0.0)
    signs = ArrayField(models.CharField(max_length=48), default=list, blank=True)
    was_held = models.BooleanField(default=False)
    model_version = models.CharField(max_length=16, blank=True, default="")
    screened_at: datetime = models.DateTimeField(default=timezone.now)
    # What a person on duty found it to be, in the words of the desk; empty until then.
    outcome = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        ordering = ["-screened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=Level.CONCERN), name="screening_is_of_a_danger"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="screening_score_is_a_share"),
        ]
        indexes = [
            models.Index(fields=["source", "ref"], name="screenings_of_thing"),
            models.Index(fields=["screened_at"], name="screenings_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} · {self.get_kind_display()} · {self.get_level_display()}"
