"""Writes of the impact assessments."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User

from .enums import ResidualRisk
from .errors import AlreadyAssessed, AssessedInTheFuture, NothingWritten, UnknownActivity
from .models import ImpactAssessment
from .register import BY_KEY
from .rules import due_after


def record_assessment(
    *,
    activity: str,
    assessed_on: date,
    risks: str,
    measures: str,
    residual_risk: ResidualRisk,
    assessed_by: User | None = None,
) -> ImpactAssessment:
    """Keep one assessment of an activity; the next is due a year later.

    Raises UnknownActivity, AssessedInTheFuture, NothingWritten, AlreadyAssessed.
    """
    if activity not in BY_KEY:
        raise UnknownActivity
    if assessed_on > timezone.localdate():
        raise AssessedInTheFuture
    if not risks.strip() or not measures.strip():
        raise NothingWritten
    try:
        with transaction.atomic():
            return ImpactAssessment.objects.create(
                activity=activity,
                assessed_on=assessed_on,
                next_due_on=due_after(assessed_on),
                risks=risks.strip(),
                measures=measures.strip(),
                residual_risk=residual_risk,
                assessed_by=assessed_by,
            )
    except IntegrityError as error:
        raise AlreadyAssessed from error
