"""Who gets into a room: over real WebSockets, against uvicorn, Redis and PostgreSQL."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.scheduling.enums import Mode
from tests import factories
from tests.support.rooms import Browser

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_family_waits_until_the_provider_lets_them_in(room_server):
    parent = factories.make_parent()
    booking = factories.make_booking(booked_by=parent, starts_at=timezone.now() + timedelta(minutes=5), mode=Mode.VIDEO)
    provider = booking.occupancy.provider
    provider.user = factories.make_user(role="practitioner")
    provider.save()
    room = booking.occupancy.public_id
    waiting = Browser(room_server, parent).enter(room, "小船")
    assert waiting.welcome["place"] == "lobby"
    giver = Browser(room_server, provider.user).enter(room)
    assert giver.welcome["place"] == "inside"
    giver.send("admit", visit=waiting.visit)
    waiting.expect("admitted", polite=True)
    assert len(giver.people(2)) == 2
    giver.send("say", text="你好", id="1")
    assert waiting.expect("said")["text"] == "你好"
