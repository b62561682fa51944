"""Things of an organisation's team the doors name: colleagues, invitations, and which of several one works in."""

from catalog.consultations.feedback.models import FeedbackReply
from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from catalog.partner.team.services import invite
from catalog.scheduling.models import Booking
from marketplace.doors.kinds import Visitor
from tests import factories
from tests.factories.consultations import make_held_session, make_published

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


@thing("words about a session here")
def _words(person: Person) -> Thing:
    """Published words about the side's clinic, the same for everybody who works there."""
    manager = person.side.people[Visitor.PARTNER_STAFF]
    if "words here" not in manager.things:
        row = _published(person)
        manager.things["words here"] = Thing({"public_id": row.public_id}, row, data={"words": "谢谢你。"})
    return manager.things["words here"]


@thing("reply to words")
def _reply(person: Person) -> Thing:
    row = FeedbackReply.objects.create(feedback=_published(person), words="谢谢你。")
    return Thing({"public_id": row.public_id}, row, data={"act": "publish"})


def _published(person: Person):
    """Words everybody may read, about a session on a day that nothing else has."""
    service = person.side.service
    days_ago = 10 + Booking.objects.filter(service=service).count()
    child = factories.make_parent().children.get()
    return make_published(make_held_session(child, service=service, days_ago=days_ago), words="很耐心")


@thing("kind of service")
def _kind(person: Person) -> Thing:
    return Thing({"kind": "session"}, is_open=True, is_shared=True)
