"""The lists of a school, brought once as a school brings them."""

from catalog.partner.models import Partner
from marketplace.core.spreadsheets import csv_text
from partners.schools.enums import ListKind
from partners.schools.models import SchoolList
from partners.schools.services import bring_list, confirm_list
from partners.schools.tables import SHAPES

from ..data.schools import CLASSES, SCHOOL, STAFF
from ..keys import stable_id


def make_school_lists() -> bool:
    """Bring the lists where the school has none; return whether anything was written."""
    public_id = stable_id("partner", SCHOOL)
    if SchoolList.objects.filter(partner__public_id=public_id).exists():
        return False
    school = Partner.objects.filter(public_id=public_id).first()
    keeper = school.users.order_by("pk").first() if school else None
    if school is None or keeper is None:
        return False
    seats = [(grade, name, str(seat)) for grade, name, count in CLASSES for seat in range(1, count + 1)]
    for kind, rows in ((ListKind.STAFF, STAFF), (ListKind.CLASSES, seats)):
        content = csv_text(SHAPES[kind].headings, rows).encode()
        draft = bring_list(partner=school, kind=kind, content=content, uploaded_by=keeper)
        confirm_list(partner=school, public_id=draft.public_id)
    return True
