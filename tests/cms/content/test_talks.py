"""Talks: nobody sits on a seat that is not there, whoever waits moves up, and one can leave no trace."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.content.events import services
from cms.content.events.calendar import calendar_file
from cms.content.events.enums import SeatState
from cms.content.events.errors import AlreadySignedUp, NotThere, SignUpClosed, TooFewSeats
from cms.content.models import Event, EventSeat
from marketplace.core.encryption.models import DataKey
from tests.factories import make_event, make_parent, make_staff, signed_in
from tests.support.concurrency import run_concurrently

pytestmark = pytest.mark.django_db


def _taken(event: Event) -> int:
    return Event.objects.get(pk=event.pk).taken


def test_seats_are_taken_and_given_back():
    event = make_event(seats=5)
    signed = services.sign_up(event=event, person=make_parent(), seats=3)
    assert signed.seat.state == SeatState.GOING and signed.secret == "" and _taken(event) == 3
    services.cancel_seat(public_id=signed.seat.public_id)
    assert _taken(event) == 0
    with pytest.raises(NotThere):
        services.cancel_seat(public_id=signed.seat.public_id)
    assert _taken(event) == 0


def test_whoever_waits_moves_up_in_order(django_capture_on_commit_callbacks):
    event = make_event(seats=2)
    first = services.sign_up(event=event, person=make_parent(), seats=2).seat
    four = services.sign_up(event=event, person=make_parent(), seats=4, waits=True).seat
    with django_capture_on_commit_callbacks(execute=True):
        one = services.sign_up(event=event, person=None, contact="a@example.com", waits=True).seat
        two = services.sign_up(event=event, person=make_parent(), waits=True).seat
        services.cancel_seat(public_id=first.public_id)
    states = {seat.pk: seat.state for seat in EventSeat.objects.filter(event=event)}
    assert states[one.pk] == states[two.pk] == SeatState.GOING and states[four.pk] == SeatState.WAITING
    assert _taken(event) == 2 and [letter.to for letter in mail.outbox] == [["a@example.com"]]


def test_nobody_moves_up_once_it_has_begun():
    event = make_event(seats=1)
    first = services.sign_up(event=event, person=make_parent()).seat
    waiting = services.sign_up(event=event, person=make_parent(), waits=True).seat
    services.cancel_seat(public_id=first.public_id, now=event.starts_at)
    waiting.refresh_from_db()
    assert waiting.state == SeatState.WAITING and _taken(event) == 0


def test_a_full_talk_says_so():
    event = make_event(seats=1)
    with pytest.raises(TooFewSeats):
        services.sign_up(event=event, person=make_parent(), seats=2)
    assert not EventSeat.objects.exists()


def test_once_each():
    event, parent = make_event(), make_parent()
    services.sign_up(event=event, person=parent)
    with pytest.raises(AlreadySignedUp):
        services.sign_up(event=event, person=parent)
    services.cancel_seat(public_id=EventSeat.objects.get().public_id)
    assert services.sign_up(event=event, person=parent).seat.state == SeatState.GOING


@pytest.mark.parametrize(
    "change",
    [
        {"is_published": False},
        {"cancelled_at": timezone.now()},
        {"closes_at": timezone.now() - timedelta(minutes=1)},
        {"starts_at": timezone.now() - timedelta(minutes=1)},
    ],
)
def test_a_closed_talk_takes_nobody(change):
    event = make_event(**change)
    with pytest.raises(SignUpClosed):
        services.sign_up(event=event, person=make_parent())


def test_more_seats_go_to_those_who_wait():
    event = make_event(seats=1)
    services.sign_up(event=event, person=make_parent())
    waiting = services.sign_up(event=event, person=make_parent(), waits=True).seat
    services.change_seats(event=event, seats=2)
    waiting.refresh_from_db()
    assert waiting.state == SeatState.GOING
    with pytest.raises(TooFewSeats):
        services.change_seats(event=event, seats=1)


def test_a_called_off_talk_tells_everybody_once():
    event = make_event()
    services.sign_up(event=event, person=make_parent())
    services.sign_up(event=event, person=None, contact="b@example.com")
    services.sign_up(event=event, person=None)
    assert services.cancel_event(event=event) == 2
    assert services.cancel_event(event=event) == 0


def test_the_database_keeps_the_seats():
    event = make_event(seats=1)
    with pytest.raises(IntegrityError, match="event_never_overfull"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(taken=2)


@pytest.mark.django_db(transaction=True)
def test_many_hands_and_seven_seats():
    event = make_event(seats=7)

    def take(number: int) -> str:
        return services.sign_up(event=event, person=None, seats=1 + number % 2, waits=True).seat.state

    outcomes = run_concurrently(take, 24)
    assert all(outcome.error is None for outcome in outcomes)
    going = sum(seat.seats for seat in EventSeat.objects.filter(event=event, state=SeatState.GOING))
    assert going == _taken(event) == 7


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_seats_are_sold_twice():
    event = make_event(seats=3)
    with connection.schema_editor() as editor:
        constraint = next(each for each in Event._meta.constraints if each.name == "event_never_overfull")
        editor.remove_constraint(Event, constraint)

    def take(number: int) -> None:
        found = Event.objects.get(pk=event.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        if found.taken < found.seats:
            EventSeat.objects.create(event=event, secret_digest="x")
            Event.objects.filter(pk=event.pk).update(taken=found.taken + 1)

    run_concurrently(take, 12)
    assert EventSeat.objects.filter(event=event).count() > 3


def test_a_stranger_signs_up_with_a_link_only(client):
    event = make_event(how_to_join="会议号 123")
    page = client.get(event.get_absolute_url()).content.decode()
    assert "不收钱" in page and "会议号" not in page
    answer = client.post(event.get_absolute_url(), {"seats": "2", "waits": "on"})
    assert re.fullmatch(r"/talks/seat/[0-9a-f-]{36}/\?k=[\w-]{20,}", answer["Location"])
    mine = client.get(answer["Location"])
    assert "已报名" in mine.content.decode() and "会议号" in mine.content.decode()
    assert "no-cache" in mine["Cache-Control"] or "no-store" in mine["Cache-Control"]
    seat = EventSeat.objects.get()
    assert seat.person is None and seat.contact == "" and seat.secret_digest not in answer["Location"]
    for wrong in ("", "?k=", "?k=wrong", f"?k={seat.secret_digest}"):
        assert client.get(reverse("talks:seat", args=[seat.public_id]) + wrong).status_code == 404
    assert client.post(reverse("talks:cancel_with_link", args=[seat.public_id]), {"k": "wrong"}).status_code == 404
    assert _taken(event) == 2


def test_somebody_elses_seat_is_not_there():
    event, parent = make_event(), make_parent()
    services.sign_up(event=event, person=parent)
    stranger = signed_in(make_parent())
    assert stranger.post(reverse("talks:cancel", args=[event.slug])).status_code == 404
    assert "已报名" not in stranger.get(event.get_absolute_url()).content.decode()
    assert signed_in(parent).post(reverse("talks:cancel", args=[event.slug])).status_code == 302
    assert _taken(event) == 0


def test_the_door_list_is_for_editors_and_holds_no_address():
    event = make_event()
    services.sign_up(event=event, person=None, called="小林妈妈", contact="c@example.com")
    url = reverse("talks:door", args=[event.slug])
    assert signed_in(make_parent()).get(url).status_code == 404
    page = signed_in(make_staff()).get(url).content.decode()
    assert "小林妈妈" in page and "c@example.com" not in page


def test_the_list_costs_the_same_for_many():
    client = signed_in(make_parent())
    make_event()
    url = reverse("talks:list")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        make_event()
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(one) == len(three)


def test_a_calendar_file_holds_the_talk_and_nobody():
    event = make_event(title="考前，和孩子怎么说；慢慢说" * 3, address="一号楼, 二层")
    lines = calendar_file(event, now=timezone.now()).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines) and lines[-1] == ""
    whole = "\r\n".join(lines).replace("\r\n ", "")
    assert r"一号楼\, 二层" in whole and "ATTENDEE" not in whole and "STATUS:CONFIRMED" in whole


def test_contact_is_sealed_and_goes_with_its_key():
    seat = services.sign_up(event=make_event(), person=None, called="小林", contact="d@example.com").seat
    with connection.cursor() as cursor:
        cursor.execute("SELECT called, contact FROM content_eventseat WHERE id = %s", [seat.pk])
        row = cursor.fetchone()
    assert b"d@example.com" not in bytes(row[1]) and DataKey.objects.filter(subject_id=seat.public_id).exists()


def test_unpublished_talks_are_not_there(client):
    event = make_event(is_published=False)
    for url in (event.get_absolute_url(), reverse("talks:calendar", args=[event.slug])):
        assert client.get(url).status_code == 404
    assert client.get(reverse("sharing:picture", args=["talk", event.slug])).status_code == 404
