"""What is kept about who may offer what."""

from datetime import datetime

from catalog.standing.enums import LicenceKind
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
