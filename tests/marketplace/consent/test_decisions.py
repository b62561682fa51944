"""Role x item x consent x age x time: whatever the mix, nothing opens without its ground, and time closes what it should."""

from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.consent.decisions import Membership
from marketplace.consent.disclosures import Disclosures
from marketplace.consent.enums import Affiliation, DataItem, GivenAs, Purpose, Reach, Reason
from marketplace.consent.rules import BOOKING_SCOPE_ITEMS, DUTY_ITEMS, DUTY_OF, agreements_needed, reach
from marketplace.consent.ties import Facts, Kind, Tie
from marketplace.families.age_rules import birthday, rules_on
from marketplace.families.models import Child

VIEWER, ORGANISATION, RECORD, OTHER_RECORD = uuid4(), uuid4(), uuid4(), uuid4()
BORN = date(2012, 2, 29)
ALLOWING = {Reason.OWN, Reason.AGE_RULE, Reason.SERVICE, Reason.CONSENT, Reason.OVERRIDE, Reason.EMERGENCY, Reason.DUTY}

days = st.dates(date(2013, 1, 1), date(2032, 12, 31))
items = st.sampled_from(DataItem)
some_items = st.frozensets(st.sampled_from(DataItem.values), min_size=1)
purposes = st.sampled_from(Purpose)
records = st.sampled_from([None, RECORD, OTHER_RECORD])


@st.composite
def ties(draw):
    kind = draw(st.sampled_from([Kind.GUARDIAN, Kind.SERVICE, Kind.CONSENT, Kind.KNOWN, Kind.OVERRIDE, Kind.EMERGENCY]))
    words = {
        Kind.GUARDIAN: st.sampled_from([("full",), ("booking",)]),
        Kind.CONSENT: st.sampled_from([("teen",), ("guardian",), ("teen", "guardian")]),
    }.get(kind, st.just(()))
    return Tie(
        kind,
        1,
        draw(some_items) if kind != Kind.GUARDIAN else frozenset(),
        draw(records) if kind in {Kind.SERVICE, Kind.CONSENT} else None,
        uuid4(),
        draw(st.sampled_from([VIEWER, ORGANISATION])),
        draw(st.booleans()) if kind == Kind.CONSENT else True,
        draw(words),
    )


@st.composite
def worlds(draw):
    """A viewer of any role, belonging anywhere, with any ties to a child of any age on any day."""
    role = draw(st.sampled_from(Role))
    viewer = User(pk=7, public_id=VIEWER, role=role, is_active=draw(st.sampled_from([True, True, True, False])))
    viewer.duties = draw(st.lists(st.sampled_from(Duty.values), unique=True))
    child = Child(pk=1, born_on=BORN, public_id=uuid4(), account_id=draw(st.sampled_from([None, 7, 8])))
    members = draw(st.lists(st.sampled_from(Affiliation), max_size=2))
    on_duty = draw(st.sets(st.sampled_from(Duty.values)))
    facts = Facts.of(
        [Membership(ORGANISATION, one, "机构") for one in members], on_duty, draw(st.lists(ties(), max_size=4))
    )
    return (
        Disclosures(viewer=viewer, children=[child], purpose=draw(purposes), day=draw(days), facts=facts),
        child,
        facts,
    )


def grounds(seen, child, facts, item, record):
    """The law once more, written the other way round: every ground there is, as a flat list of conditions."""
    own_ties = facts.ties.get(child.pk, [])
    rules = rules_on(child.born_on, seen._day)
    viewer = seen.viewer
    found = set()
    if not viewer.is_active:
        return found
    if child.account_id == viewer.pk:
        found.add(Reason.OWN)
    reaches = {member.affiliation: reach(member.affiliation, item) for member in facts.memberships}
    is_guardian = any(tie.kind == Kind.GUARDIAN for tie in own_ties)
    for tie in own_ties:
        meant = item in tie.items and (tie.record is None or tie.record == record or item in {"profile", "contact"})
        in_scope = "full" in tie.words or item in BOOKING_SCOPE_ITEMS
        if tie.kind == Kind.GUARDIAN and item in rules.guardian_sees and in_scope:
            found.add(Reason.AGE_RULE)
        if tie.kind == Kind.SERVICE and meant and tie.grantee_id == ORGANISATION and Reach.SERVICE in reaches.values():
            found.add(Reason.SERVICE)
        if tie.kind == Kind.CONSENT and meant and tie.is_live and (not rules.decides_alone or "teen" in tie.words):
            if seen.purpose == Purpose.GUARDIANSHIP and not (is_guardian or rules.is_adult):
                continue
            if tie.grantee_id == ORGANISATION and {Reach.SERVICE, Reach.CONSENT} & set(reaches.values()):
                found.add(Reason.CONSENT)
            by_name = {Reach.SERVICE, Reach.CONSENT, Reach.PERSON} & set(reaches.values())
            is_open = by_name or not reaches or seen.purpose == Purpose.GUARDIANSHIP
            if tie.grantee_id == VIEWER and viewer.role != Role.STAFF and is_open:
                found.add(Reason.CONSENT)
        on_safety = viewer.role == Role.STAFF and {"safety"} <= facts.duties & set(viewer.duties)
        if tie.kind == Kind.OVERRIDE and seen.purpose == Purpose.SAFETY and on_safety and item in tie.items:
            found.add(Reason.OVERRIDE)
        is_heard = seen.purpose == Purpose.SAFETY and (on_safety or viewer.role != Role.STAFF)
        if tie.kind == Kind.EMERGENCY and is_heard and item in tie.items:
            found.add(Reason.EMERGENCY)
    duty = DUTY_OF.get(seen.purpose)
    is_on = viewer.role == Role.STAFF and duty in facts.duties and duty in viewer.duties
    if duty and is_on and item in DUTY_ITEMS[duty, seen.purpose]:
        found.add(Reason.DUTY)
    return found


@given(worlds(), items, records)
def test_a_look_is_allowed_exactly_when_it_has_a_ground(world, item, record):
    seen, child, facts = world

    decision = seen.may_see(child, item, record)

    found = grounds(seen, child, facts, item, record)
    assert bool(decision) == bool(found)
    assert decision.reason in (found or set(Reason) - ALLOWING)
    assert decision.sentence


@given(worlds(), items)
def test_who_was_not_asked_about_stays_hidden(world, item):
    seen, *_ = world

    assert not seen.may_see(Child(pk=2, born_on=BORN, account_id=None), item)


@given(worlds())
def test_the_visible_items_are_those_that_may_be_seen(world):
    seen, child, _ = world

    assert seen.visible(child) == {item for item in DataItem if seen.may_see(child, item)}


@given(days, purposes)
def test_from_fourteen_on_nothing_is_agreed_to_without_the_young_person(day, purpose):
    needed = agreements_needed(BORN, day, purpose)

    is_old_enough = day >= birthday(BORN, 14)
    assert (GivenAs.TEEN in needed) == is_old_enough
    needs_guardian = not is_old_enough or (purpose == Purpose.REFERRAL and day < birthday(BORN, 18))
    assert (GivenAs.GUARDIAN in needed) == needs_guardian


@given(st.sampled_from([14, 18]), st.integers(-2, 2), items)
def test_what_a_guardian_alone_agreed_to_is_over_on_the_fourteenth_birthday(age, offset, item):
    day = birthday(BORN, age) + timedelta(days=offset)
    child = Child(pk=1, born_on=BORN, public_id=uuid4())
    tie = Tie(Kind.CONSENT, 1, frozenset(DataItem.values), None, uuid4(), ORGANISATION, True, ("guardian",))
    viewer = User(pk=7, public_id=VIEWER, role=Role.PRACTITIONER, is_active=True)
    facts = Facts.of([Membership(ORGANISATION, Affiliation.DOCTOR, "医院")], [], [tie])
    seen = Disclosures(viewer=viewer, children=[child], purpose=Purpose.CARE, day=day, facts=facts)

    decision = seen.may_see(child, item)

    if day >= birthday(BORN, 14):
        assert decision.reason == Reason.EXPIRED
