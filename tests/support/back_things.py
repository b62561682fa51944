"""Things of our staff's own desks: colleagues, changes of duties, what is sold."""

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from marketplace.accounts.duty.selectors import waiting_changes
from marketplace.accounts.enums import ChangeReason, Duty
from marketplace.accounts.models import DutyChange
from marketplace.doors.kinds import Visitor
from partners.schools.enums import ListKind
from partners.schools.models import SchoolList
from partners.schools.services import bring_list, confirm_list
from tests import factories
from tests.factories.referrals import agree_to_referral, make_letter

from .door_things import Person, Thing, thing


@thing("one of our staff")
def _colleague(person: Person) -> Thing:
    colleague = factories.make_staff(duties=[])
    return Thing({"public_id": colleague.public_id}, colleague, data={"duties": ["support"], "reason": "joins"})


@thing("change of duties")
def _change(person: Person) -> Thing:
    row = waiting_changes().first() or DutyChange.objects.create(
        person=factories.make_staff(duties=[]),
        after=[Duty.SUPPORT],
        reason=ChangeReason.JOINS,
        asked_by=factories.make_staff(duties=[], is_superuser=True),
    )
    return Thing({"public_id": row.public_id}, row, data={"act": "agree"})


@thing("product at the desk")
def _product(person: Person) -> Thing:
    product = person.side.service.product
    return Thing({"pk": product.pk}, product, is_open=True, data={"sale_state": "on_sale"})


# --- a school's -------------------------------------------------------------------------------------------------


def _place_of(person: Person, kind: OrganisationType) -> Partner:
    """The school or hospital in which a side's partner staff work beside their clinic."""
    staff = person.side.people[Visitor.PARTNER_STAFF].user
    return Partner.objects.filter(organisation_type=kind, users=staff).earliest("pk")


@thing("kind of school list")
def _kind_of_list(person: Person) -> Thing:
    school = _place_of(person, OrganisationType.SCHOOL)
    if not SchoolList.objects.filter(partner=school, state="current").exists():
        draft = _draft_in(person, ListKind.CLASSES)
        confirm_list(partner=school, public_id=draft.public_id)
    return Thing({"kind": "classes"}, is_shared=True)


@thing("draft of a school list")
def _draft(person: Person) -> Thing:
    row = _draft_in(person, ListKind.STAFF)
    return Thing({"public_id": row.public_id}, row, data={"act": "confirm"})


def _draft_in(person: Person, kind: ListKind) -> SchoolList:
    """A list in which a word stands that no other school has."""
    school = _place_of(person, OrganisationType.SCHOOL)
    mark = f"{person.side.name}校独有的{kind}"
    person.marks.add(mark)
    table = f"年级,班级,座号\n初一,{mark},1\n" if kind == ListKind.CLASSES else f"姓名,岗位\n{mark},班主任\n"
    return bring_list(partner=school, kind=kind, content=table.encode(), uploaded_by=school.users.first())


# --- a hospital's -----------------------------------------------------------------------------------------------


@thing("letter to a hospital")
def _letter(person: Person) -> Thing:
    """One about the side's family, to the hospital in which its partner staff work."""
    family = person.side.people[Visitor.FAMILY]
    person.thing("client's booking")
    if "letter" not in family.things:
        hospital = _place_of(person, OrganisationType.HOSPITAL)
        agree_to_referral(family.child, hospital)
        letter = make_letter(family.child, person.side.provider, hospital)
        family.marks.add(str(letter.public_id))
        data = {"act": "accept", "words": "我们会尽快联系。"}
        family.things["letter"] = Thing({"public_id": letter.public_id}, letter, data=data)
    return family.things["letter"]


@thing("own referral letter")
def _own_letter(person: Person) -> Thing:
    return _letter(person)
