"""Impact assessments, and a few looks so that "who saw my data" has something to show."""

from datetime import timedelta

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.consent.notices.enums import ResidualRisk
from marketplace.consent.notices.models import ImpactAssessment
from marketplace.consent.notices.services import record_assessment
from marketplace.core.audit.enums import Outcome
from marketplace.core.audit.models import AuditEvent

from ..data.privacy import ASSESSMENTS, LOOKS
from ..keys import stable_id


def make_privacy() -> bool:
    """Write the assessments that are missing, and the looks of the demo once; return whether anything was written."""
    assessed = set(ImpactAssessment.objects.values_list("activity", flat=True))
    missing = [assessment for assessment in ASSESSMENTS if assessment.activity not in assessed]
    for assessment in missing:
        record_assessment(
            activity=assessment.activity,
            assessed_on=timezone.localdate() - timedelta(days=assessment.days_ago),
            risks=assessment.risks,
            measures=assessment.measures,
            residual_risk=ResidualRisk(assessment.residual_risk),
            assessed_by=User.objects.filter(public_id=stable_id("user", "lead")).first(),
        )
    if not assessed:
        _make_looks()
    return bool(missing)


def _make_looks() -> None:
    """Looks of the last days, oldest first: the service knows no time but now."""
    now = timezone.now()
    AuditEvent.objects.bulk_create(
        AuditEvent(
            recorded_at=now - timedelta(hours=look.hours_ago),
            actor_id=stable_id("user", look.person),
            actor_label=look.label,
            subject_id=stable_id("child", look.child),
            items=list(look.items),
            purpose=look.purpose,
            outcome=Outcome.ALLOWED if look.is_allowed else Outcome.REFUSED,
            reason=look.reason,
        )
        for look in sorted(LOOKS, key=lambda look: -look.hours_ago)
    )
