"""A call sent twice happens once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.api.enums import CallState
from partners.api.errors import CallStillRunning
from partners.api.models import IdempotentCall
from partners.api.services import call_once
from tests import factories

from .calling import Program, make_organisation

NAME = "3f2c9a7e-retry"


@pytest.fixture
def path(clinic):
    booking = factories.make_booking(service=clinic.service, starts_at=timezone.now() - timedelta(hours=2))
    return f"v1/bookings/{booking.public_id}/attendance"


def test_the_second_call_hears_what_the_first_came_to(program, path):
    first = program.post(path, {"attended": True}, name=NAME)
    program.post(path, {"attended": False})
    again = program.post(path, {"attended": True}, name=NAME)

    assert again.json() == first.json() and again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first


def test_a_name_is_for_one_call(program, path):
    program.post(path, {"attended": True}, name=NAME)

    other = program.post(path, {"attended": False}, name=NAME)

    assert other.status_code == 422 and other.json()["code"] == "call_name_reused"


def test_a_call_without_a_name_is_refused(program, path):
    for name in ("", "short", "with space in it", "x" * 65):
        assert program.post(path, {"attended": True}, name=name).status_code == 422
    assert not IdempotentCall.objects.exists()


def test_a_refusal_frees_the_name(clinic, program):
    ahead = factories.make_booking(service=clinic.service, starts_at=timezone.now() + timedelta(hours=5))
    path = f"v1/bookings/{ahead.public_id}/attendance"

    assert program.post(path, {"attended": True}, name=NAME).status_code == 409
    assert not IdempotentCall.objects.exists()


def test_two_organisations_may_choose_the_same_name(program, path):
    other = make_organisation()
    booking = factories.make_booking(service=other.service, starts_at=timezone.now() - timedelta(hours=2))
    program.post(path, {"attended": True}, name=NAME)

    said = Program(other.secret).post(f"v1/bookings/{booking.public_id}/attendance", {"attended": True}, name=NAME)

    assert said.status_code == 200 and said.json()["id"] == str(booking.public_id)


def test_no_name_of_a_client_is_kept_with_the_answer(clinic, program, path):
    program.post(path, {"attended": True}, name=NAME)

    assert IdempotentCall.objects.get().answer["client"] is None


def test_a_call_whose_worker_died_is_tried_again_after_a_while(clinic):
    now = timezone.now()
    IdempotentCall.objects.create(api_key=clinic.key, name=NAME, request_digest="f", claimed_at=now)

    with pytest.raises(CallStillRunning):
        call_once(key=clinic.key, name=NAME, request_digest="f", act=dict, now=now + timedelta(seconds=30))
    done = call_once(
        key=clinic.key, name=NAME, request_digest="f", act=lambda: {"a": 1}, now=now + timedelta(minutes=3)
    )
    assert done.body == {"a": 1} and IdempotentCall.objects.get().state == CallState.DONE
