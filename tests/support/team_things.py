"""Things of an organisation's team the doors name: colleagues, invitations, and which of several one works in."""

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from catalog.partner.team.services import invite
from marketplace.doors.kinds import Visitor
from tests import factories

from .door_things import Person, Thing, thing


@thing("colleague")
def _colleague(person: Person) -> Thing:
    user = factories.make_partner_staff(person.home, team_role=TeamRole.DESK)
    row = Membership.objects.get(user=user)
    return Thing({"public_id": row.public_id}, row, data={"role": TeamRole.DESK.value})


@thing("team invitation")
def _invitation(person: Person) -> Thing:
    made = _invite(person, f"team-{person.side.name}-{person.visitor}@example.com".encode().hex()[:20] + "@example.com")
    return Thing({"public_id": made.invitation.public_id}, made.invitation)


@thing("team invitation by link")
def _link(person: Person) -> Thing:
    made = _invite(person, f"link{person.user.pk if person.user else 0}@example.com")
    return Thing({"secret": made.secret}, made.invitation)


def _invite(person: Person, address: str):
    of = Visitor.ASSOCIATION if person.visitor == Visitor.ASSOCIATION else Visitor.PARTNER_STAFF
    return invite(partner=person.home, address=address, role=TeamRole.DESK, invited_by=person.side.people[of].user)


@thing("organisation chosen")
def _organisation(person: Person) -> Thing:
    partner = person.home
    return Thing({}, partner, data={"organisation": str(partner.public_id)})
