"""Getting onto a waiting list, off it, and resting."""

from datetime import time, timedelta

import pytest

from catalog.basket.errors import GuardianPays, NotForSale
from catalog.catalogue.enums import SaleState
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.errors import NotYourChild, SlotNotOffered
from catalog.scheduling.models import Booking
from catalog.waitlist import errors
from catalog.waitlist.enums import EntryState, OfferState
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.rules import MAX_ENTRIES
from catalog.waitlist.services import (
    join_waitlist,
    leave_waitlist,
    offer_times,
    pause_entry,
    resume_entry,
)
from catalog.waitlist.services.joining import Preference
from tests.catalog.waitlist.made import NOON, one_hour, short_week
from tests.factories import make_child, make_group_service, make_parent, make_provider, make_teen
from tests.factories.waitlist import make_entry

pytestmark = pytest.mark.django_db


def join(service, parent, **changes):
    wish = {"service": service, "joined_by": parent, "children": list(parent.children.all()), "now": NOON}
    return join_waitlist(**wish | changes)


@pytest.fixture
def nobody_offers(monkeypatch):
    """Joining alone, without what it sets going."""
    from catalog.waitlist.services import joining, leaving

    monkeypatch.setattr(joining, "set_offering_going", lambda **_: None)
    monkeypatch.setattr(leaving, "set_offering_going", lambda **_: None)


def test_what_is_left_open_suits(service, nobody_offers):
    entry = join(service, make_parent())
    assert (entry.state, entry.modes, entry.weekdays, entry.provider) == (EntryState.WAITING, service.modes, [], None)


@pytest.mark.django_db(transaction=True)
def test_what_is_free_already_is_offered_at_once():
    service = one_hour(horizon_days=28)
    entry = join_waitlist(service=service, joined_by=(parent := make_parent()), children=list(parent.children.all()))
    entry.refresh_from_db()
    assert entry.state == EntryState.OFFERED


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"children": []}, errors.NobodyNamed),
        ({"preference": Preference(modes=["fax"])}, errors.NotThisWay),
        ({"preference": Preference(from_time=time(10), to_time=time(10, 30))}, errors.NotThisWay),
        ({"preference": Preference(to_on=NOON.date() - timedelta(days=1))}, errors.NotThisWay),
        (
            {"preference": Preference(from_on=NOON.date() + timedelta(days=9), to_on=NOON.date())},
            errors.NotThisWay,
        ),
        ({"with_guardian": True}, errors.NoGuardianSeat),
    ],
)
def test_what_could_never_be_is_refused(service, changes, refusal):
    with pytest.raises(refusal):
        join(service, make_parent(), **changes)
    assert not WaitlistEntry.objects.exists()


def test_somebody_elses_child_is_refused(service):
    with pytest.raises(NotYourChild):
        join(service, make_parent(), children=[make_child(make_parent())])


def test_a_provider_who_does_not_give_it_is_refused(service):
    with pytest.raises(SlotNotOffered):
        join(service, make_parent(), provider=make_provider())


def test_several_children_cannot_wait_for_one_provider(service):
    with pytest.raises(errors.NotTogether):
        join(service, make_parent(children=2), provider=service.providers.get())


def test_a_guardian_waits_for_a_seat_where_guardians_have_one(nobody_offers):
    assert join(make_group_service(admits_guardian=True), make_parent(), with_guardian=True).with_guardian


def test_what_is_not_on_sale_cannot_be_waited_for(service):
    type(service.product).objects.update(sale_state=SaleState.PAUSED)
    service.product.refresh_from_db()
    with pytest.raises(NotForSale):
        join(service, make_parent())


def test_a_young_person_waits_for_themselves_and_a_small_child_does_not(service, nobody_offers):
    teen = make_teen()
    assert join(service, teen, children=[teen.young_profile])
    nobody = make_teen(age=7)
    with pytest.raises(GuardianPays):
        join(service, nobody, children=[nobody.young_profile])


def test_the_same_child_waits_once_for_the_same(service, nobody_offers):
    parent = make_parent(children=2)
    one, other = parent.children.all()
    join(service, parent, children=[one])
    with pytest.raises(errors.AlreadyWaiting):
        join(service, parent, children=[one, other])
    assert join(service, parent, children=[other])


def test_one_person_stands_on_a_few_lists(nobody_offers):
    parent = make_parent()
    for _ in range(MAX_ENTRIES):
        join(one_hour(), parent)
    with pytest.raises(errors.TooManyEntries):
        join(one_hour(), parent)
    WaitlistEntry.objects.filter(joined_by=parent).update(state=EntryState.LEFT, ended_at=NOON)
    assert join(one_hour(), parent)


def test_who_pauses_is_offered_nothing_and_keeps_their_place(service, nobody_offers):
    entry, other = make_entry(service=service, days=9), make_entry(service=service)
    pause_entry(entry=entry, paused_by=entry.joined_by)
    assert [offer.entry for offer in offer_times(now=NOON)] == [other]
    resume_entry(entry=entry, resumed_by=entry.joined_by)
    entry.refresh_from_db()
    assert (entry.state, entry.joined_at < other.joined_at) == (EntryState.WAITING, True)


def test_first_yes_or_no_then_a_pause(service):
    entry = make_entry(service=service)
    offer_times(now=NOON)
    with pytest.raises(errors.OfferWaits):
        pause_entry(entry=entry, paused_by=entry.joined_by)


def test_who_leaves_gives_on_what_is_kept(service):
    entry, other = make_entry(service=service, days=9), make_entry(service=service, state=EntryState.PAUSED)
    [offer] = offer_times(now=NOON)
    leave_waitlist(entry=entry, left_by=entry.joined_by, now=NOON)
    offer.refresh_from_db()
    entry.refresh_from_db()
    assert (entry.state, offer.state) == (EntryState.LEFT, OfferState.DECLINED)
    assert not Booking.objects.filter(status=BookingStatus.PENDING).exists()
    resume_entry(entry=other, resumed_by=other.joined_by)
    other.refresh_from_db()
    assert other.state in (EntryState.WAITING, EntryState.OFFERED)
    leave_waitlist(entry=entry, left_by=entry.joined_by, now=NOON)


@pytest.mark.parametrize("act", [pause_entry, resume_entry, leave_waitlist])
def test_strangers_change_nothing(service, act):
    entry, stranger = make_entry(service=service), make_parent()
    word = {pause_entry: "paused_by", resume_entry: "resumed_by", leave_waitlist: "left_by"}[act]
    with pytest.raises(errors.NotYourEntry):
        act(entry=entry, **{word: stranger})


@pytest.mark.parametrize("act", [pause_entry, resume_entry])
def test_what_is_over_stays_over(service, act):
    entry = make_entry(service=service, state=EntryState.MET)
    with pytest.raises(errors.EntryOver):
        act(entry=entry, **{"paused_by" if act is pause_entry else "resumed_by": entry.joined_by})


def test_another_guardian_neither_sees_nor_ends_what_a_young_person_waits_for(service):
    guardian = make_parent(children=0)
    teen = make_teen(guardian)
    entry = make_entry(service=service, joined_by=teen, children=[teen.young_profile])
    with pytest.raises(errors.NotYourEntry):
        leave_waitlist(entry=entry, left_by=guardian)


def test_the_young_person_may_end_what_a_guardian_waits_for_on_their_behalf(service):
    guardian = make_parent(children=0)
    teen = make_teen(guardian)
    entry = make_entry(service=service, joined_by=guardian, children=[teen.young_profile])
    leave_waitlist(entry=entry, left_by=teen)
    entry.refresh_from_db()
    assert entry.state == EntryState.LEFT


def test_a_service_of_two_providers_may_be_waited_for_with_one(nobody_offers):
    one, other = short_week(), short_week()
    service = one_hour(one, other)
    assert join(service, make_parent(), provider=other).provider == other
