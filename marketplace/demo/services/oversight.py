"""The demo's agreement, pilot and approval, and the signed reports of the newest week and month."""

from datetime import timedelta

from django.utils import timezone

from marketplace.core.model_register.services import record_approval
from marketplace.core.pilots.services import open_pilot
from marketplace.safeguarding.gate.model import MODEL, version
from partners.oversight.models import Accord, AccordDuty
from partners.oversight.services import make_due_reports

from ..data import oversight as data


def make_oversight() -> bool:
    """Write what is missing; return whether anything was."""
    is_new = _make_accord()
    if is_new:
        _make_pilot()
        record_approval(
            slug=MODEL,
            version=version(),
            number=data.APPROVAL_NUMBER,
            board=data.APPROVAL_BOARD,
            approved_on=timezone.localdate() - timedelta(days=40),
            conditions=data.APPROVAL_CONDITIONS,
        )
    return bool(make_due_reports()) or is_new


def _make_accord() -> bool:
    signed_on = timezone.localdate() - timedelta(days=120)
    accord, is_new = Accord.objects.get_or_create(
        slug="four-parties", defaults={"title": data.ACCORD_TITLE, "signed_on": signed_on}
    )
    if is_new:
        AccordDuty.objects.bulk_create(
            AccordDuty(accord=accord, party=duty.party, what=duty.what, owner=duty.owner, evidence=duty.evidence)
            for duty in data.DUTIES
        )
    return is_new


def _make_pilot() -> None:
    begins_on = timezone.localdate() - timedelta(days=21)
    open_pilot(
        slug="vr-relaxation",
        title=data.PILOT_TITLE,
        purpose=data.PILOT_PURPOSE,
        districts=data.PILOT_DISTRICTS,
        evaluated_by=data.PILOT_EVALUATED_BY,
        begins_on=begins_on,
        ends_on=begins_on + timedelta(days=90),
    )
