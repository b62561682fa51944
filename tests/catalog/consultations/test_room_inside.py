"""What people in a room hear and see of each other, and what they may do."""

import asyncio
import time
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from redis import Redis

from catalog.consultations.models import Encounter, Visit
from catalog.consultations.presence import Room
from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.models import HealthcareService, Occupancy
from catalog.scheduling.services import cancel_booking
from tests import factories
from tests.catalog.consultations.held import Session
from tests.factories.rooms import make_group_session, make_member, make_session
from tests.support.rooms import Browser, in_own_thread

pytestmark = pytest.mark.django_db(transaction=True)

OFFER = {"description": {"type": "offer", "sdp": "v=0"}}


def everything_in_redis() -> bytes:
    """All keys of the rooms' database with their values."""
    redis = Redis.from_url(settings.ROOM_REDIS_URL)
    reads = {
        b"hash": redis.hvals,
        b"list": lambda key: redis.lrange(key, 0, -1),
        b"set": redis.smembers,
        b"zset": lambda key: redis.zrange(key, 0, -1),
        b"string": lambda key: [redis.get(key)],
    }
    return b" ".join(part for key in redis.scan_iter() for part in (key, *reads[redis.type(key)](key)))


def of_room(room: UUID, method: str, *args: Any, **fields: Any) -> Any:
    """Call a method of a room's presence, as the rooms' server would."""
    kept = Room(room, until=time.time() + 600)
    return in_own_thread(lambda: asyncio.run(getattr(kept, method)(*args, **fields)))


def cancel(booking) -> None:
    """The provider cancels, in a process of the site: whoever is in the room is asked again at once."""
    in_own_thread(lambda: cancel_booking(booking_id=booking.pk, cancelled_by=CancelledBy.PROVIDER))


def test_two_people_find_each_other(session):
    provider, client = session.both_inside()
    seen = {person["visit"]: person for person in client.seen[-1]["people"]}
    assert seen[provider.visit]["role"] == "provider" and seen[provider.visit]["polite"] is True
    client.send("signal", to=provider.visit, data=OFFER | {"stowaway": 1})
    assert provider.expect("signal") == {"type": "signal", "from": client.visit, "data": OFFER}
    candidate = {"candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host", "sdpMid": "0", "sdpMLineIndex": 0}
    provider.send("signal", to=client.visit, data={"candidate": candidate})
    assert client.expect("signal")["data"]["candidate"]["candidate"] == candidate["candidate"]


def test_words_reach_everybody_inside_once(session):
    provider, client = session.both_inside()
    client.send("say", text="  今天有点累  ", id="a1")
    said = provider.expect("said")
    assert (said["from"], said["name"], said["text"], said["id"]) == (client.visit, "小船", "今天有点累", "a1")
    assert client.expect("said") == said
    client.send("say", text="今天有点累", id="a1")
    client.nothing_but()
    client.send("say", text="长" * 2001, id="a2")
    assert client.expect("refused")["code"] == "too_long"
    client.send("say", text="   ", id="a3")
    assert client.expect("refused")["code"] == "not_understood"


def test_states_are_shown(session):
    provider, client = session.both_inside()
    client.send("state", camera=False, microphone=True, quality="voice")
    while True:
        people = {person["visit"]: person for person in provider.expect("people")["people"]}
        if people.get(client.visit, {}).get("quality") == "voice":
            break
    assert people[client.visit]["camera"] is False and people[client.visit]["microphone"] is True


def test_nothing_said_stands_readable_in_redis_or_the_database(session):
    provider, client = session.both_inside()
    client.send("say", text="只说给你听的话", id="1")
    provider.expect("said")
    kept = everything_in_redis()
    assert f"room:{session.room}:said".encode() in kept
    for words in ("只说给你听的话", "小船", session.booking.child.nickname):
        assert words.encode() not in kept
    provider.send("end")
    client.expect("ended")
    assert of_room(session.room, "said") == []


def test_in_the_lobby_only_the_provider_is_seen_and_only_the_provider_sees(room_server):
    occupancy = make_group_session()
    first, second = (Browser(room_server, make_member(occupancy).booked_by) for _ in range(2))
    waiting = first.enter(occupancy.public_id, "小树")
    also = second.enter(occupancy.public_id, "小鸟")
    assert [person["name"] for person in also.welcome["people"]] == ["小鸟"]
    provider = Browser(room_server, occupancy.provider.user).enter(occupancy.public_id)
    assert {person["name"] for person in provider.people(3)} == {"小树", "小鸟", occupancy.provider.name}
    assert {person["name"] for person in waiting.people(2)} == {"小树", occupancy.provider.name}
    provider.send("admit", visit=waiting.visit)
    waiting.expect("admitted")
    provider.send("say", text="欢迎", id="1")
    waiting.expect("said")
    also.nothing_but("people")
    assert {person["name"] for person in waiting.seen[-2]["people"]} <= {"小树", occupancy.provider.name}
    for kind, message in (("say", {"text": "在吗", "id": "1"}), ("signal", {"to": provider.visit, "data": OFFER})):
        also.send(kind, **message)
        assert also.expect("refused")["code"] == "not_allowed"


def test_members_see_chosen_names_and_the_provider_who_they_are(room_server):
    occupancy = make_group_session()
    bookings = [make_member(occupancy) for _ in range(3)]
    lines = [
        Browser(room_server, booking.booked_by).enter(occupancy.public_id, name)
        for booking, name in zip(bookings, ("", "小鸟", occupancy.provider.name), strict=True)
    ]
    assert [line.welcome["name"] for line in lines] == ["成员", "小鸟", "成员 2"]
    provider = Browser(room_server, occupancy.provider.user).enter(occupancy.public_id)
    shown = {person["visit"]: person for person in provider.people(4) if person["role"] == "family"}
    for line, booking in zip(lines, bookings, strict=True):
        assert shown[line.visit]["known_as"] == booking.child.nickname
        assert shown[line.visit]["bookings"] == [str(booking.public_id)]
        provider.send("admit", visit=line.visit)
        line.expect("admitted")
    for person in lines[0].people(4):
        assert not {"known_as", "bookings"} & set(person)


def _give_a_ninth_seat(occupancy):
    """As none can be set up: it could only be visited in person when it was."""
    HealthcareService.objects.filter(pk=occupancy.service_id).update(modes=["in_person"])
    Occupancy.objects.filter(pk=occupancy.pk).update(seats=9)


def test_a_room_holds_eight_and_refuses_the_ninth(room_server):
    occupancy = make_group_session()
    _give_a_ninth_seat(occupancy)
    browsers = [Browser(room_server, make_member(occupancy).booked_by) for _ in range(9)]
    provider = Browser(room_server, occupancy.provider.user).enter(occupancy.public_id)
    lines = [browser.enter(occupancy.public_id) for browser in browsers[:8]]
    for line in lines:
        provider.send("admit", visit=line.visit)
        line.expect("admitted")
    late = browsers[8].open(occupancy.public_id)
    late.send("hello")
    assert late.expect("refused")["code"] == "full"
    assert len(lines[0].people(9)) == 9
    lines[3].send("end")
    assert lines[3].is_put_out() == 4002
    provider.people(8)
    assert browsers[8].enter(occupancy.public_id).welcome["place"] == "lobby"


def test_nobody_reaches_into_another_room(session):
    provider, client = session.both_inside()
    elsewhere = Session(session.server, make_session())
    other_provider, other_client = elsewhere.both_inside()
    for visit in (client.visit, provider.visit, "nobody"):
        other_client.send("signal", to=visit, data=OFFER)
        assert other_client.expect("refused")["code"] == "not_here"
        other_provider.send("admit", visit=visit)
        assert other_provider.expect("refused")["code"] == "not_here"
        other_provider.send("decline", visit=visit)
        assert other_provider.expect("refused")["code"] == "not_here"
    other_client.send("say", text="听得到吗", id="1")
    other_provider.expect("said")
    client.nothing_but("people")
    provider.nothing_but("people")


def test_only_the_provider_lets_in_and_ends(session):
    provider, client = session.both_inside()
    for kind in ("admit", "decline"):
        client.send(kind, visit=provider.visit)
        assert client.expect("refused")["code"] == "not_allowed"
    client.send("end")
    assert client.is_put_out() == 4002
    provider.expect("left", visit=client.visit)
    assert Encounter.objects.get().status == "in-progress"


def test_the_provider_ends_it_for_everybody_and_may_begin_again(session):
    provider, client = session.both_inside()
    provider.send("end")
    for line in (provider, client):
        line.expect("ended")
        assert line.is_put_out() == 4002
    encounter = Encounter.objects.get()
    assert encounter.status == "finished" and encounter.ended_at
    assert not Visit.objects.filter(left_at=None).exists()
    back = session.client_browser.enter(session.room)
    assert back.welcome["place"] == "lobby"
    provider = session.provider_browser.enter(session.room)
    provider.send("admit", visit=back.visit)
    back.expect("admitted")
    encounter.refresh_from_db()
    assert (encounter.status, encounter.ended_at) == ("in-progress", None)


def test_whoever_drops_is_back_inside_with_what_was_said(session):
    provider, client = session.both_inside()
    provider.send("say", text="我在听", id="1")
    client.expect("said")
    client.drop()
    provider.expect("left", visit=client.visit)
    provider.send("say", text="别着急", id="2")
    provider.expect("said")
    back = session.client_browser.enter(session.room, "小船")
    assert (back.visit, back.welcome["place"]) == (client.visit, "inside")
    assert [words["text"] for words in back.welcome["said"]] == ["我在听", "别着急"]
    back.send("signal", to=provider.visit, data=OFFER)
    provider.expect("signal")
    assert Visit.objects.filter(part="family").count() == 1


def test_another_device_or_a_later_return_waits_again(session):
    _, client = session.both_inside()
    phone = Browser(session.server, session.client).enter(session.room)
    assert phone.welcome["place"] == "lobby" and phone.visit != client.visit
    assert client.expect("refused")["code"] == "elsewhere"
    assert client.is_put_out() == 4000

    provider = session.provider_browser.enter(session.room)
    provider.send("admit", visit=phone.visit)
    phone.expect("admitted")


def test_after_two_minutes_one_waits_again(session):
    provider, client = session.both_inside()
    client.drop()
    provider.expect("left", visit=client.visit)
    of_room(session.room, "change", client.visit, gone_at=time.time() - 121)
    back = session.client_browser.enter(session.room)
    assert back.welcome["place"] == "lobby" and back.visit != client.visit


def test_a_late_member_reads_nothing_said_before(room_server):
    occupancy = make_group_session()
    early, late = (Browser(room_server, make_member(occupancy).booked_by) for _ in range(2))
    provider = Browser(room_server, occupancy.provider.user).enter(occupancy.public_id)
    line = early.enter(occupancy.public_id)
    provider.send("admit", visit=line.visit)
    line.expect("admitted")
    line.send("say", text="刚才的话", id="1")
    provider.expect("said")
    other = late.enter(occupancy.public_id)
    provider.send("admit", visit=other.visit)
    other.expect("admitted")
    other.drop()
    assert late.enter(occupancy.public_id).welcome["said"] == []
    line.drop()
    assert [words["text"] for words in early.enter(occupancy.public_id).welcome["said"]] == ["刚才的话"]


def test_a_second_page_takes_over_from_the_first(session):
    _, client = session.both_inside()
    second = session.client_browser.enter(session.room)
    assert (second.visit, second.welcome["place"]) == (client.visit, "inside")
    assert client.expect("refused")["code"] == "elsewhere"
    client.is_put_out()
    second.nothing_but("people")


def test_a_hello_that_comes_late_takes_nothing_over(session):
    """A poor line opens anew before what it sent last has arrived."""
    provider, client = session.both_inside()
    late = session.client_browser.open(session.room)
    latest = session.client_browser.enter(session.room)
    client.is_put_out()
    late.send("hello", device={"camera": True, "microphone": True})
    assert late.expect("refused")["code"] == "elsewhere"
    latest.send("say", text="还在这里", id="1")
    assert provider.expect("said")["text"] == latest.expect("said")["text"]
    assert not Visit.objects.get(public_id=latest.visit).left_at


def test_a_booking_cancelled_meanwhile_ends_the_visit_at_once(session):
    provider, client = session.both_inside()
    cancel(session.booking)
    for line in (client, provider):
        assert line.expect("refused")["code"] == "not_booked"
        assert line.is_put_out() == 4000
    assert not Visit.objects.filter(left_at=None).exists()


def test_one_member_who_cancels_leaves_the_others(room_server):
    occupancy = make_group_session()
    bookings = [make_member(occupancy) for _ in range(2)]
    provider = Browser(room_server, occupancy.provider.user).enter(occupancy.public_id)
    lines = [Browser(room_server, booking.booked_by).enter(occupancy.public_id) for booking in bookings]
    cancel(bookings[0])
    assert lines[0].expect("refused")["code"] == "not_booked"
    provider.expect("left", visit=lines[0].visit)
    lines[1].nothing_but("people")


def test_whoever_signs_out_is_put_out(session, ask_again):
    _, client = session.both_inside()
    session.client_browser.client.logout()
    ask_again(session.room)
    assert client.expect("refused")["code"] == "signed_out"


def test_a_guardian_whose_guardianship_ended_is_put_out(room_server, ask_again):
    parent = factories.make_parent()
    session = Session(room_server, make_session(booked_by=parent, child=parent.children.get()))
    _, client = session.both_inside()
    parent.guardianships.update(status="ended", ended_at=session.booking.created_at)
    ask_again(session.room)
    assert client.expect("refused")["code"] == "not_found"


def test_floods_are_slowed_and_then_ended(session):
    provider, client = session.both_inside()
    for number in range(40):
        client.send("say", text=str(number), id=str(number))
    assert client.expect("refused")["code"] == "too_fast"
    for _ in range(600):
        client.send("ping")
    assert client.is_put_out() == 4000
    provider.nothing_but("said", "people", "left")


def test_a_message_beyond_all_measure_closes_the_line(session):
    _, client = session.both_inside()
    client.send("say", text="a" * 70_000, id="1")
    assert client.expect("refused")["code"] == "too_long"
    client.connection.send("x" * 200_000)
    assert client.is_put_out() == 1009


def test_a_quiet_room_stays_open(session):
    """Nothing between two people who only look at each other gives up waiting for words."""
    provider, client = session.both_inside()
    time.sleep(12)
    client.nothing_but("people")
    provider.send("say", text="不急", id="1")
    assert client.expect("said")["text"] == "不急"


def test_a_room_whose_redis_was_emptied_fills_again(session, ask_again):
    provider, client = session.both_inside()
    of_room(session.room, "forget")
    ask_again(session.room)
    client.send("ping")
    client.expect("pong")
    provider.send("ping")
    provider.expect("pong")
    client.send("signal", to=provider.visit, data=OFFER)
    provider.expect("signal")
