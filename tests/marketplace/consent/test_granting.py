"""Agreeing, asking, answering, switching off: who may, and every refusal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.consent import errors
from marketplace.consent.enums import ConsentEventKind, ConsentState, DataItem, GranteeKind, Purpose
from marketplace.consent.models import ConsentEvent
from marketplace.consent.rules import state_of
from marketplace.consent.selectors import disclosures
from marketplace.consent.services import answer_proposal, grant_consent, propose_consent, revoke_consent
from marketplace.families.age_rules import birthday
from marketplace.families.models import Guardianship
from marketplace.notifications.models import Message
from tests.factories import (
    make_booking,
    make_child,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    make_user,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db


def born(age: int):
    return timezone.localdate() - timedelta(days=366 * age + 20)


@pytest.fixture
def parent():
    return make_parent(children=0)


@pytest.fixture
def child(parent):
    return make_child(parent, born_on=born(9))


@pytest.fixture
def teen(parent):
    return make_child(parent, born_on=born(15), account=make_user(role=Role.TEEN))


@pytest.fixture
def clinic():
    return make_partner()


@pytest.fixture
def staff(clinic):
    return make_partner_staff(clinic)


def book(child, clinic):
    return make_booking(
        service=make_service(make_provider(partner=clinic)), starts_at=shanghai(next_weekday(5), 10), child=child
    )


def terms(child, clinic, **changes):
    return {
        "child": child,
        "grantee_kind": GranteeKind.ORGANISATION,
        "grantee_id": clinic.public_id,
        "grantee_label": str(clinic),
        "items": [DataItem.SCORE],
        "purpose": Purpose.CARE,
        "until": timezone.now() + timedelta(days=30),
    } | changes


def state(consent) -> ConsentState:
    consent.refresh_from_db()
    return state_of(consent, timezone.now())


def test_a_guardian_agrees_for_a_child_under_fourteen(child, parent, clinic):
    assert state(grant_consent(**terms(child, clinic), given_by=parent)) == ConsentState.IN_FORCE


def test_from_fourteen_on_only_the_teen_does(teen, parent, clinic):
    assert state(grant_consent(**terms(teen, clinic), given_by=teen.account)) == ConsentState.IN_FORCE
    with pytest.raises(errors.NotYoursToDecide):
        grant_consent(**terms(teen, clinic), given_by=parent)


def test_a_stranger_and_a_guardian_who_only_books_decide_nothing(child, parent, clinic):
    with pytest.raises(errors.NotYoursToDecide):
        grant_consent(**terms(child, clinic), given_by=make_parent())
    Guardianship.objects.update(scope="booking")
    with pytest.raises(errors.NotYoursToDecide):
        grant_consent(**terms(child, clinic), given_by=parent)


def test_to_pass_something_to_a_hospital_both_agree(teen, parent, clinic):
    consent = grant_consent(**terms(teen, clinic, purpose=Purpose.REFERRAL), given_by=teen.account)
    assert state(consent) == ConsentState.WAITING
    assert Message.objects.filter(recipient=parent).count() == 1

    answer_proposal(consent_id=consent.public_id, answered_by=parent, agrees=True)

    assert state(consent) == ConsentState.IN_FORCE


def test_one_no_ends_what_both_must_agree_to(teen, parent, clinic):
    consent = grant_consent(**terms(teen, clinic, purpose=Purpose.REFERRAL), given_by=teen.account)

    answer_proposal(consent_id=consent.public_id, answered_by=parent, agrees=False)

    assert state(consent) == ConsentState.DECLINED
    with pytest.raises(errors.AlreadyAnswered):
        answer_proposal(consent_id=consent.public_id, answered_by=parent, agrees=True)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"items": []}, errors.NothingChosen),
        ({"until": timedelta(days=400)}, errors.LastsTooLong),
        ({"until": timedelta(seconds=-1)}, errors.EndsTooSoon),
    ],
)
def test_what_is_agreed_to_has_content_and_an_end(child, parent, clinic, changes, refusal):
    if "until" in changes:
        changes = {"until": timezone.now() + changes["until"]}
    with pytest.raises(refusal):
        grant_consent(**terms(child, clinic, **changes), given_by=parent)


def test_what_a_guardian_agrees_to_ends_on_the_fourteenth_birthday(parent, clinic):
    soon = timezone.localdate() + timedelta(days=10)
    child = make_child(parent, born_on=soon.replace(year=soon.year - 14))

    consent = grant_consent(**terms(child, clinic), given_by=parent)

    assert timezone.localtime(consent.valid_until).date() == birthday(child.born_on, 14)
    assert timezone.localtime(consent.valid_until).hour == 0


def test_a_clinic_asks_and_the_family_answers(child, parent, clinic, staff):
    booking = book(child, clinic)
    proposal = propose_consent(**terms(child, clinic), proposed_by=staff)
    practitioner = make_user()
    provider = booking.occupancy.provider
    provider.user = practitioner
    provider.save()

    def opened():
        return disclosures(viewer=practitioner, children=[child], purpose=Purpose.CARE).may_see(child, DataItem.SCORE)

    assert state(proposal) == ConsentState.WAITING and not opened()
    answer_proposal(consent_id=proposal.public_id, answered_by=parent, agrees=True)
    assert state(proposal) == ConsentState.IN_FORCE and opened()


def test_a_question_is_told_neutrally_and_in_the_app_alone(child, parent, clinic, staff):
    book(child, clinic)
    propose_consent(**terms(child, clinic), proposed_by=staff)

    message = Message.objects.get(recipient=parent)

    assert message.channel == "in_app"
    for secret in (child.nickname, clinic.name, "测评"):
        assert secret not in message.body + message.subject


def test_nobody_asks_for_an_organisation_or_a_child_that_is_not_theirs(child, clinic, staff):
    with pytest.raises(errors.NotYourOrganisation):  # the clinic has no booking of this child
        propose_consent(**terms(child, clinic), proposed_by=staff)
    book(child, clinic)
    with pytest.raises(errors.NotYourOrganisation):
        propose_consent(**terms(child, clinic), proposed_by=make_partner_staff(make_partner()))


def test_nobody_asks_for_what_their_kind_can_never_see(child, clinic, staff):
    book(child, clinic)
    with pytest.raises(errors.NoReachForRole):
        propose_consent(**terms(child, clinic, items=[DataItem.DIARY]), proposed_by=staff)


def test_nobody_is_pestered(child, parent, clinic, staff):
    book(child, clinic)
    proposal = propose_consent(**terms(child, clinic), proposed_by=staff)
    with pytest.raises(errors.AlreadyAsked):
        propose_consent(**terms(child, clinic), proposed_by=staff)
    answer_proposal(consent_id=proposal.public_id, answered_by=parent, agrees=False)
    with pytest.raises(errors.AskedRecently):
        propose_consent(**terms(child, clinic), proposed_by=staff)


def test_a_parent_asks_a_teen_for_what_the_age_rule_does_not_show(teen, parent):
    ask = terms(teen, parent, grantee_kind=GranteeKind.PERSON, grantee_label="妈妈", purpose=Purpose.GUARDIANSHIP)
    proposal = propose_consent(**ask, proposed_by=parent)
    with pytest.raises(errors.NotYoursToDecide):
        answer_proposal(consent_id=proposal.public_id, answered_by=parent, agrees=True)

    answer_proposal(consent_id=proposal.public_id, answered_by=teen.account, agrees=True)

    shown = disclosures(viewer=parent, children=[teen], purpose=Purpose.GUARDIANSHIP)
    assert shown.may_see(teen, DataItem.SCORE)


def test_a_question_from_before_the_birthday_is_asked_anew(child, parent, clinic, staff):
    book(child, clinic)
    proposal = propose_consent(**terms(child, clinic), proposed_by=staff)
    child.born_on = born(15)
    child.account = make_user(role=Role.TEEN)
    child.save()

    with pytest.raises((errors.AskedBeforeBirthday, errors.AlreadyAnswered, errors.NotYoursToDecide)):
        answer_proposal(consent_id=proposal.public_id, answered_by=child.account, agrees=True)


def test_switching_off_twice_is_switching_off_once(child, parent, clinic):
    consent = grant_consent(**terms(child, clinic), given_by=parent)

    revoke_consent(consent_id=consent.public_id, revoked_by=parent)
    revoke_consent(consent_id=consent.public_id, revoked_by=parent)

    assert state(consent) == ConsentState.REVOKED
    assert ConsentEvent.objects.filter(kind=ConsentEventKind.REVOKED).count() == 1


def test_who_may_switch_off(teen, parent, clinic):
    own = grant_consent(**terms(teen, clinic), given_by=teen.account)
    both = grant_consent(**terms(teen, clinic, purpose=Purpose.REFERRAL), given_by=teen.account)
    answer_proposal(consent_id=both.public_id, answered_by=parent, agrees=True)

    with pytest.raises(errors.NotYoursToDecide):
        revoke_consent(consent_id=own.public_id, revoked_by=parent)
    with pytest.raises(errors.NotYoursToDecide):
        revoke_consent(consent_id=both.public_id, revoked_by=make_parent())
    revoke_consent(consent_id=both.public_id, revoked_by=parent)
    revoke_consent(consent_id=own.public_id, revoked_by=teen.account)

    assert state(own) == state(both) == ConsentState.REVOKED


def test_an_id_that_is_nothing_is_not_found(parent):
    for act in (
        lambda: revoke_consent(consent_id=parent.public_id, revoked_by=parent),
        lambda: answer_proposal(consent_id=parent.public_id, answered_by=parent, agrees=True),
    ):
        with pytest.raises(errors.ConsentNotFound):
            act()
