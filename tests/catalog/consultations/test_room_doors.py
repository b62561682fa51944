"""Every WebSocket of the site is declared in marketplace/doors, and opens to nobody who is not named there."""

import pytest
from channels.security.websocket import WebsocketDenier
from django.test import Client

from catalog.consultations.routing import websocket_urlpatterns
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.doors import SOCKETS
from marketplace.doors.kinds import Visitor
from tests import factories
from tests.factories.rooms import make_session
from tests.support.rooms import Browser


def test_every_socket_is_declared_and_whatever_else_is_refused():
    *named, rest = websocket_urlpatterns
    assert {str(route.pattern) for route in named} == set(SOCKETS)
    assert rest.callback.consumer_class is WebsocketDenier


def visitor(kind: Visitor, session) -> User | None:
    """Somebody of a kind; families and the provider those of the session, everybody else as near to it as can be."""
    booking, partner = session.booking, session.booking.occupancy.provider.partner
    if kind == Visitor.ANONYMOUS:
        return None
    if kind in Duty.values:
        return factories.make_staff(duties=[Duty(kind)])
    return {
        Visitor.FAMILY: factories.make_parent,
        Visitor.TEEN: lambda: booking.booked_by,
        Visitor.PRACTITIONER: lambda: booking.occupancy.provider.user,
        Visitor.PARTNER_STAFF: lambda: factories.make_partner_staff(partner),
        Visitor.STAFF: lambda: factories.make_staff(duties=[]),
        Visitor.SUPERUSER: lambda: factories.make_staff(is_superuser=True),
    }[kind]()


@pytest.mark.django_db(transaction=True)
def test_the_room_opens_to_those_named_alone(session):
    (door,) = SOCKETS.values()
    family = make_session(booked_by=factories.make_parent())
    for kind in Visitor:
        person = visitor(kind, session)
        room = session.room
        if kind == Visitor.FAMILY:
            person, room = family.booked_by, family.occupancy.public_id
        line = Browser(session.server, person).open(room)
        line.send("hello")
        line.expect("welcome" if kind in door.who else "refused")
        line.close()
    assert Client().get(f"/ws/room/{session.room}/").status_code == 404
