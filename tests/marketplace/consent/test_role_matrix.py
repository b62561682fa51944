"""EDU-02: every affiliation and every item, with a consent for the organisation, one by name, and without any."""

from datetime import date
from uuid import uuid4

import pytest

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.consent.decisions import Membership
from marketplace.consent.disclosures import Disclosures
from marketplace.consent.enums import Affiliation, DataItem, Purpose, Reach, Reason
from marketplace.consent.rules import MATRIX, SENTENCES, reach
from marketplace.consent.ties import Facts, Kind, Tie
from marketplace.families.models import Child

TODAY = date(2026, 11, 22)
CHILD = Child(pk=1, born_on=date(2011, 1, 1), public_id=uuid4())
ORGANISATION = uuid4()
EVERY_CELL = [(affiliation, item) for affiliation in Affiliation for item in DataItem]
BY_ORGANISATION = {Reach.SERVICE, Reach.CONSENT}
BY_NAME = {Reach.SERVICE, Reach.CONSENT, Reach.PERSON}


def seen(affiliation: Affiliation, ties: list[Tie], purpose: Purpose = Purpose.CARE) -> tuple[User, Disclosures]:
    viewer = User(pk=7, public_id=VIEWER, role=Role.PARTNER_STAFF, is_active=True)
    facts = Facts.of([Membership(ORGANISATION, affiliation, "机构")], [], ties)
    return viewer, Disclosures(viewer=viewer, children=[CHILD], purpose=purpose, day=TODAY, facts=facts)


VIEWER = uuid4()


def consent(item: DataItem, grantee_id) -> Tie:
    return Tie(Kind.CONSENT, CHILD.pk, frozenset({item}), None, uuid4(), grantee_id, True, ("teen",))


def test_the_table_names_every_affiliation_and_every_item():
    assert set(MATRIX) == set(EVERY_CELL)


@pytest.mark.parametrize(("affiliation", "item"), EVERY_CELL)
def test_without_service_or_consent_nobody_sees_anything(affiliation, item):
    _, disclosures = seen(affiliation, [])

    decision = disclosures.may_see(CHILD, item)

    assert not decision
    is_aggregate = reach(affiliation, item) == Reach.AGGREGATE
    assert decision.reason == (Reason.AGGREGATE_ONLY if is_aggregate else Reason.NO_RELATION)


@pytest.mark.parametrize(("affiliation", "item"), EVERY_CELL)
def test_a_consent_for_the_organisation_opens_what_the_table_says(affiliation, item):
    _, disclosures = seen(affiliation, [consent(item, ORGANISATION)])

    assert bool(disclosures.may_see(CHILD, item)) == (reach(affiliation, item) in BY_ORGANISATION)


@pytest.mark.parametrize(("affiliation", "item"), EVERY_CELL)
def test_a_consent_by_name_opens_what_the_table_says(affiliation, item):
    _, disclosures = seen(affiliation, [consent(item, VIEWER)])

    assert bool(disclosures.may_see(CHILD, item)) == (reach(affiliation, item) in BY_NAME)


@pytest.mark.parametrize(("affiliation", "item"), EVERY_CELL)
def test_a_service_opens_what_the_table_says(affiliation, item):
    tie = Tie(Kind.SERVICE, CHILD.pk, frozenset(DataItem.values), None, None, ORGANISATION)
    _, disclosures = seen(affiliation, [tie])

    assert bool(disclosures.may_see(CHILD, item)) == (reach(affiliation, item) == Reach.SERVICE)


@pytest.mark.parametrize("item", list(DataItem))
@pytest.mark.parametrize(
    "affiliation", [Affiliation.CLASS_TEACHER, Affiliation.SUBJECT_TEACHER, Affiliation.SCHOOL_LEADER]
)
def test_at_school_only_a_psychology_teacher_can_be_shown_a_named_case(affiliation, item):
    assert reach(affiliation, item) in {Reach.AGGREGATE, Reach.NEVER}
    assert reach(Affiliation.PSYCHOLOGY_TEACHER, item) in {Reach.PERSON, Reach.NEVER}


def test_every_reason_has_a_plain_sentence():
    assert set(SENTENCES) == set(Reason)
    assert all(str(sentence).endswith("。") for sentence in SENTENCES.values())
