"""An association, its people, and what they decide."""

from catalog.partner.enums import OrganisationType
from catalog.standing.services import withhold
from tests import factories

REASONS = "示例：宣传的效果与事实不符，已两次提醒。"


def make_association(*, people=1):
    """An association with so many managers; the association first, then its people."""
    body = factories.make_partner(name="示例行业协会", organisation_type=OrganisationType.ASSOCIATION)
    return body, *(factories.make_partner_staff(body) for _ in range(people))


def vetoed(target, **fields):
    """A veto by a new association."""
    body, person = make_association()
    return withhold(target=target, body=body, decided_by=person, reasons=REASONS, **fields)
