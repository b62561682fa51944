"""Revoking while others look; two who must agree, at once."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.consent.enums import ConsentState, DataItem, GranteeKind, Purpose
from marketplace.consent.models import Consent, StandingConsent
from marketplace.consent.rules import state_of
from marketplace.consent.services import answer_proposal, grant_consent, look, revoke_consent
from tests.factories import make_child, make_parent, make_partner, make_provider, make_user
from tests.factories.consent import make_consent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family():
    parent = make_parent(children=0)
    born_on = timezone.localdate() - timedelta(days=366 * 15)
    return parent, make_child(parent, born_on=born_on, account=make_user(role=Role.TEEN))


def test_no_look_that_begins_after_the_revocation_sees_anything(run_concurrently, family):
    _, teen = family
    practitioner = make_user(role=Role.PRACTITIONER)
    consent = make_consent(teen, make_provider(user=practitioner).partner)
    revoked_at: list[float] = []

    def work(number: int) -> list[tuple[float, bool]]:
        if number == 0:
            time.sleep(0.15)
            revoke_consent(consent_id=consent.public_id, revoked_by=teen.account)
            revoked_at.append(time.monotonic())
            return []
        looks, until = [], time.monotonic() + 0.8
        while time.monotonic() < until:
            began = time.monotonic()
            found = look(viewer=practitioner, children=[teen], items=[DataItem.SCORE], purpose=Purpose.CARE)
            looks.append((began, bool(found.may_see(teen, DataItem.SCORE))))
        return looks

    outcomes = run_concurrently(work, 4)

    looks = [one for outcome in outcomes for one in outcome.value]
    before = [seen for began, seen in looks if began < revoked_at[0] - 0.15]
    after = [seen for began, seen in looks if began > revoked_at[0]]
    assert before and all(before)
    assert after and not any(after)


def test_two_who_must_agree_and_do_so_at_once_open_it_once(run_concurrently, family):
    parent, teen = family
    other = make_parent(children=0)
    teen.guardianships.create(guardian=other)
    hospital = make_partner()
    consent = grant_consent(
        child=teen,
        grantee_kind=GranteeKind.ORGANISATION,
        grantee_id=hospital.public_id,
        grantee_label=hospital.name,
        items=[DataItem.SCORE],
        purpose=Purpose.REFERRAL,
        until=timezone.now() + timedelta(days=1),
        given_by=teen.account,
    )
    guardians = [parent, other]

    outcomes = run_concurrently(
        lambda n: answer_proposal(consent_id=consent.public_id, answered_by=guardians[n], agrees=True), 2
    )

    assert sorted(type(outcome.error).__name__ for outcome in outcomes) == ["AlreadyAnswered", "NoneType"]
    assert StandingConsent.objects.filter(consent=consent).count() == 1


def test_yes_and_no_at_once_end_in_one_of_the_two(run_concurrently, family):
    parent, teen = family
    hospital = make_partner()
    consent = make_consent(teen, hospital, needs=["teen", "guardian"], agreed=[], purpose=Purpose.REFERRAL)
    people = [(parent, True), (teen.account, False)]

    run_concurrently(
        lambda n: answer_proposal(consent_id=consent.public_id, answered_by=people[n][0], agrees=people[n][1]), 2
    )

    assert state_of(Consent.objects.get(), timezone.now()) == ConsentState.DECLINED
    assert not StandingConsent.objects.filter(is_live=True).exists()
    connection.close()
