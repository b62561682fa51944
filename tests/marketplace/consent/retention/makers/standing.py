"""What is kept about who may offer what."""

from datetime import datetime

from catalog.partner.enums import OrganisationType
from catalog.rerouting.enums import Outcome
from catalog.rerouting.models import Rerouting
from catalog.standing.enums import AssessmentResult, EntrySource, LicenceKind, WithholdingKind
from catalog.standing.models import Assessment, BlacklistEntry, Training, Withholding
from catalog.standing.services import record_licence
from tests import factories

from .made import DAY, Made, maker


@maker("licences")
def _licence(at: datetime) -> Made:
    person = factories.make_staff(duties=[])
    row = record_licence(
        partner=factories.make_partner(),
        kind=LicenceKind.BUSINESS,
        number="示例证照",
        issued_by="示例市场监督管理局",
        valid_from_on=(at - 900 * DAY).date(),
        valid_until_on=at.date(),
        checked_by=person,
        checked_at=at - 900 * DAY,
    )
    return Made(row, person.public_id)


def _association():
    """An association and one of its people."""
    body = factories.make_partner(organisation_type=OrganisationType.ASSOCIATION)
    person = factories.make_partner_staff(body)
    return body, person


@maker("withholdings")
def _withholding(at: datetime) -> Made:
    body, person = _association()
    row = Withholding.objects.create(
        kind=WithholdingKind.VETO,
        body=body,
        partner=factories.make_partner(),
        reasons="示例：宣传与事实不符。",
        began_at=at - 30 * DAY,
        decided_by=person,
        lifted_at=at,
        lifted_by=person,
        lifted_because="示例：已经改正。",
    )
    return Made(row, person.public_id)


@maker("blacklist_entries")
def _entry(at: datetime) -> Made:
    body, person = _association()
    row = BlacklistEntry.objects.create(
        body=body,
        name="示例机构",
        reasons="示例：没有资质。",
        listed_on=(at - 30 * DAY).date(),
        source=EntrySource.PAGE,
        noted_at=at - 30 * DAY,
        noted_by=person,
        ended_at=at,
    )
    return Made(row, person.public_id)


@maker("reroutings")
def _rerouting(at: datetime) -> Made:
    booking = factories.make_booking()
    row = Rerouting.objects.create(
        booking=booking, told_at=at - DAY, decide_by=at, outcome=Outcome.REFUNDED, decided_at=at
    )
    return Made(row, booking.booked_by.public_id)


@maker("assessments")
def _assessment(at: datetime) -> Made:
    body, person = _association()
    row = Assessment.objects.create(
        body=body,
        partner=factories.make_partner(),
        checklist_version=1,
        result=AssessmentResult.MEETS,
        signed_at=at - 365 * DAY,
        signed_by=person,
        valid_until_on=at.date(),
    )
    return Made(row, person.public_id)


@maker("trainings")
def _training(at: datetime) -> Made:
    body, person = _association()
    row = Training.objects.create(body=body, title="示例培训", held_on=at.date(), noted_at=at, noted_by=person)
    return Made(row, person.public_id)
