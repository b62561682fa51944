"""Things of an organisation's team the doors name: colleagues, invitations, and which of several one works in."""

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from catalog.partner.team.services import invite
from marketplace.doors.kinds import Visitor
from tests import factories

from .door_things import Person, Thing, thing


@thing("colleague")
def _colleague(person: Person) -> Thing:
    user = factories.make_partner_staff(person.side.partner, team_role=TeamRole.DESK)
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
    manager = person.side.people[Visitor.PARTNER_STAFF].user
    return invite(partner=person.side.partner, address=address, role=TeamRole.DESK, invited_by=manager)


@thing("organisation chosen")
def _organisation(person: Person) -> Thing:
    partner = person.side.partner
    return Thing({}, partner, data={"organisation": str(partner.public_id)})
