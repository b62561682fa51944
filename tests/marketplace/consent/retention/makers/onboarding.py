"""Applications that are over."""

from datetime import datetime

from partners.onboarding.models import Application
from tests.partners.onboarding.made import make_decided

from .made import Made, maker


@maker("onboarding_documents")
def _application(at: datetime) -> Made:
    row = make_decided(approves=False)
    others = [*row.papers.all(), *row.people.all(), *row.versions.all(), *row.agreements.all()]
    Application.objects.filter(pk=row.pk).update(closed_at=at)
    row.refresh_from_db()
    return Made(row, row.applicant.public_id, others)
