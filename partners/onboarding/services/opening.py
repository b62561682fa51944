"""What an approved application becomes: an organisation with a manager, its licences, and the people who give care."""

from datetime import datetime

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership, Partner
from catalog.scheduling.models import Provider
from catalog.standing.enums import LicenceKind
from catalog.standing.services import record_licence
from marketplace.accounts.models import User

from ..enums import LICENCES
from ..models import Application, Person
from ..requirements import requirements_of
from ..selectors import current_papers
from .agreements import countersign


def code_of(application: Application) -> str:
    """The partner's code: made of the credit code, so that the database lets no organisation in twice."""
    return f"org-{application.credit_code.lower()}"


def open_organisation(*, application: Application, by: User, now: datetime) -> Partner:
    """Make everything an organisation needs to begin; joins the transaction that approves."""
    partner = Partner.objects.create(
        name=application.name,
        code=code_of(application),
        organisation_type=application.kind,
        introduction=application.introduction,
        district=application.district,
    )
    if application.applicant is not None:
        Membership.objects.create(partner=partner, user=application.applicant, role=TeamRole.MANAGER)
    for paper in current_papers(application).filter(kind__in=LICENCES, valid_from_on__isnull=False):
        assert paper.valid_from_on is not None
        record_licence(
            partner=partner,
            kind=LicenceKind(paper.kind),
            number=paper.number,
            issued_by=paper.issued_by,
            valid_from_on=paper.valid_from_on,
            valid_until_on=paper.valid_until_on,
            checked_by=by,
            checked_at=now,
        )
    if requirements_of(application.kind).needs_people:
        for person in application.people.all():
            _make_provider(partner, person)
    countersign(application=application, partner=partner, by=by, now=now)
    return partner


def _make_provider(partner: Partner, person: Person) -> Provider:
    """Somebody families can find once the organisation gives them hours and services."""
    registration = " ".join(filter(None, [person.registered_with, person.registration_number]))
    return Provider.objects.create(
        partner=partner,
        name=person.name,
        title=person.title,
        credential=" · ".join(filter(None, [person.degree, registration]))[:160],
        years_of_practice=person.years_of_practice,
    )
