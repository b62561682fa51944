"""Who may call: a living key with the right scopes, made by somebody who still manages the organisation."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from partners.api.enums import Scope
from partners.api.errors import NotYourKey, NotYourOrganisation, TooManyKeys
from partners.api.models import ApiKey
from partners.api.services import make_key, note_use, revoke_key
from partners.api.v1 import limits
from tests import factories

from .calling import Program, make_organisation


def test_a_key_says_whose_it_is(clinic, program):
    said = program.get("v1/me").json()

    assert said["organisation"] == clinic.partner.name and said["key"] == clinic.key.prefix
    assert said["scopes"] == Scope.values


def test_only_a_digest_is_kept(clinic):
    kept = ApiKey.objects.filter(pk=clinic.key.pk).values().get()

    assert clinic.secret not in str(kept) and kept["digest"] == ApiKey.digest_of(clinic.secret)
    assert clinic.secret not in repr(
        make_key(partner=clinic.partner, made_by=clinic.manager, label="a", scopes=["orders:read"])
    )


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer xq_00000000_guess", "Basic eHE6eHE=", "Bearer " + "x" * 5000])
def test_without_a_valid_key_nothing_opens(clinic, header):
    answer = Program().client.get("/api/v1/me", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "no_valid_key"


def test_a_browsers_session_opens_nothing(clinic):
    assert factories.signed_in(clinic.manager).get("/api/v1/me").status_code == 401


def test_a_revoked_key_is_refused_at_the_next_call(clinic, program):
    revoke_key(public_id=clinic.key.public_id, revoked_by=clinic.manager)

    assert program.get("v1/me").status_code == 401


@pytest.mark.parametrize("leave", ["gone", "other role", "closed account"])
def test_a_key_dies_with_what_its_maker_may(clinic, program, leave):
    membership = Membership.objects.filter(user=clinic.manager)
    if leave == "gone":
        membership.delete()
    elif leave == "other role":
        membership.update(role=TeamRole.DESK)
    else:
        type(clinic.manager).objects.filter(pk=clinic.manager.pk).update(is_active=False)

    assert program.get("v1/me").status_code == 401


def test_a_key_does_what_was_ticked_and_no_more(db):
    organisation = make_organisation(Scope.ORDERS_READ)
    program = Program(organisation.secret)

    assert program.get("v1/orders").status_code == 200
    refused = program.get("v1/bookings")
    assert refused.status_code == 403 and refused.json()["code"] == "missing_scope"


def test_only_who_manages_makes_and_revokes(clinic):
    desk = factories.make_partner_staff(clinic.partner)
    Membership.objects.filter(user=desk).update(role=TeamRole.DESK)
    stranger = make_organisation().manager

    for person in (desk, stranger):
        with pytest.raises(NotYourOrganisation):
            make_key(partner=clinic.partner, made_by=person, label="a", scopes=[Scope.ORDERS_READ])
        with pytest.raises(NotYourKey):
            revoke_key(public_id=clinic.key.public_id, revoked_by=person)


def test_an_organisation_has_so_many_keys_at_once(clinic):
    for _ in range(9):
        make_key(partner=clinic.partner, made_by=clinic.manager, label="a", scopes=[Scope.ORDERS_READ])

    with pytest.raises(TooManyKeys):
        make_key(partner=clinic.partner, made_by=clinic.manager, label="a", scopes=[Scope.ORDERS_READ])


def test_every_answer_says_what_is_left_and_too_many_are_refused(clinic, program, monkeypatch):
    monkeypatch.setattr(limits, "PER_MINUTE", 2)
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000.0)

    left = [program.get("v1/me")["RateLimit-Remaining"] for _ in range(2)]
    refused = program.get("v1/me")

    assert left == ["1", "0"]
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    assert refused.json()["code"] == "too_many_requests"
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_060.0)
    assert program.get("v1/me").status_code == 200


def test_when_it_was_used_is_written_down_now_and_then(clinic):
    now = timezone.now()
    note_use(clinic.key, now=now)
    note_use(clinic.key, now=now + timedelta(minutes=1))

    clinic.key.refresh_from_db()
    assert clinic.key.last_used_at == now


def test_no_key_is_logged(clinic, program, caplog):
    caplog.set_level(logging.DEBUG)
    program.get("v1/me")
    program.get("v1/nothing")
    Program(clinic.secret + "x").get("v1/me")

    assert clinic.secret not in caplog.text


def test_an_address_that_is_none_is_a_problem_and_no_page(program):
    answer = program.get("v1/nothing/here")

    assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"
