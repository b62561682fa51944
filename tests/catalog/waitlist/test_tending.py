"""What passes by itself, what bands do, and the figures."""

from datetime import timedelta

import pytest

from catalog.waitlist.enums import EntryState, NeedBand, OfferState
from catalog.waitlist.errors import EntryOver, NotYourEntry
from catalog.waitlist.models import WaitlistOffer
from catalog.waitlist.selectors import (
    ahead_of,
    entries_of,
    offers_open,
    open_offers_of,
    overdue_entries,
    waiting_numbers,
)
from catalog.waitlist.services import offer_times, set_need_band, tend_waitlist
from marketplace.notifications.models import Message
from tests.catalog.waitlist.made import NOON, one_hour, short_week
from tests.factories import make_parent, make_partner_staff
from tests.factories.waitlist import make_entry

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


def test_entries_end_when_their_days_are_over(service):
    over = make_entry(service=service, to_on=TODAY - timedelta(days=1))
    still = make_entry(service=service, to_on=TODAY)
    old = make_entry(service=service, days=200)
    assert tend_waitlist(now=NOON) == 2
    for entry in (over, still, old):
        entry.refresh_from_db()
    assert [entry.state for entry in (over, still, old)] == [EntryState.ENDED, EntryState.WAITING, EntryState.ENDED]
    assert tend_waitlist(now=NOON) == 0
    assert Message.objects.filter(subject="候补结束了").count() == 2


def test_who_decides_at_the_moment_is_left_alone(service):
    entry = make_entry(service=service, days=200)
    offer_times(now=NOON)
    assert tend_waitlist(now=NOON) == 0
    entry.refresh_from_db()
    assert entry.state == EntryState.OFFERED


def test_who_should_have_been_seen_by_now_is_flagged_once(service, taken):
    """INT-08: the middle pathway promises a time within seven days; where there is none, somebody is told."""
    staff = make_partner_staff(service.providers.get().partner)
    entry = make_entry(service=service, days=7, needed_by=TODAY)
    make_entry(service=service, needed_by=TODAY + timedelta(days=1))
    assert list(overdue_entries(service.providers.all(), today=TODAY)) == [entry]
    assert tend_waitlist(now=NOON) == 1
    assert tend_waitlist(now=NOON + timedelta(hours=1)) == 0
    entry.refresh_from_db()
    assert entry.unmet_at == NOON
    to_staff = Message.objects.get(recipient=staff)
    for name in (entry.children.get().nickname, entry.joined_by.nickname, service.product.title):
        assert name not in to_staff.body + to_staff.subject
    assert to_staff.url == "/clinic/waiting/"
    assert "现在就能打的电话" in Message.objects.get(recipient=entry.joined_by).body


class TestBands:
    def test_the_organisation_sets_and_takes_back_a_band(self, service, taken):
        staff = make_partner_staff(service.providers.get().partner)
        make_entry(service=service, days=9)
        entry = make_entry(service=service)
        set_need_band(entry=entry, band=NeedBand.FIRST, set_by=staff)
        assert [row.entry for row in entries_of(service.providers.all())][0] == entry
        set_need_band(entry=entry, band=None, set_by=staff)
        assert [row.entry for row in entries_of(service.providers.all())][1] == entry

    def test_nobody_else_does(self, service):
        entry = make_entry(service=service)
        for stranger in (entry.joined_by, make_partner_staff(short_week().partner)):
            with pytest.raises(NotYourEntry):
                set_need_band(entry=entry, band=NeedBand.FIRST, set_by=stranger)

    def test_what_is_over_has_none(self, service):
        entry = make_entry(service=service, state=EntryState.LEFT)
        with pytest.raises(EntryOver):
            set_need_band(entry=entry, band=NeedBand.FIRST, set_by=make_partner_staff(service.providers.get().partner))


def test_the_desk_sees_who_waits_in_order_with_reasons(service):
    urgent = make_entry(service=service, need_band=NeedBand.SOON)
    pathway = make_entry(service=service, days=2, needed_by=TODAY)
    paused = make_entry(service=service, days=30, state=EntryState.PAUSED)
    make_entry(service=service, state=EntryState.MET)
    make_entry(service=one_hour())
    rows = entries_of(list(service.providers.all()), today=TODAY)
    assert [(row.entry, row.place, row.is_overdue) for row in rows] == [
        (urgent, 1, False),
        (pathway, 2, True),
        (paused, 3, False),
    ]
    assert [len(row.reasons) for row in rows] == [2, 2, 1]
    assert [row.offer for row in rows] == [None] * 3


def test_who_asked_for_another_provider_is_not_ones_own(service):
    other = short_week()
    service.providers.add(other)
    mine = service.providers.exclude(pk=other.pk)
    entry = make_entry(service=service, provider=other)
    assert entries_of(list(mine)) == []
    assert [row.entry for row in entries_of([other])] == [entry]


def test_the_desk_sees_the_times_that_are_kept(service):
    entry = make_entry(service=service)
    [offer] = offer_times(now=NOON)
    providers = list(service.providers.all())
    assert list(offers_open(providers)) == [offer]
    assert entries_of(providers)[0].offer == offer
    assert list(open_offers_of(entry.joined_by, now=NOON)) == [offer]
    assert list(open_offers_of(entry.joined_by, now=offer.expires_at)) == []
    assert list(offers_open([short_week()])) == []


@pytest.mark.parametrize("rows", [1, 4])
def test_the_desk_costs_the_same_however_many_wait(service, taken, rows, django_assert_max_num_queries):
    for _ in range(rows):
        make_entry(service=service)
    providers = list(service.providers.all())
    with django_assert_max_num_queries(4):
        for row in entries_of(providers):
            assert (
                [child.nickname for child in row.entry.children.all()]
                and row.reasons
                and row.entry.service.product.title
            )


def test_how_many_come_first(service, taken):
    first, second = make_entry(service=service, days=5), make_entry(service=service, days=4)
    third = make_entry(service=service, days=3)
    assert ahead_of([first, second, third]) == {first.pk: 0, second.pk: 1, third.pk: 2}
    type(second).objects.filter(pk=second.pk).update(state=EntryState.PAUSED)
    assert ahead_of([third]) == {third.pk: 1}


def test_the_figures_of_a_service(service, django_assert_max_num_queries):
    """EC-18: how many wait, how long, and what becomes of offers."""
    parent = make_parent(children=2)
    service.providers.add(short_week())
    make_entry(service=service, joined_by=parent, children=parent.children.all(), days=12, needed_by=TODAY)
    for waited in (2, 4, 9):
        make_entry(
            service=service, days=waited, state=EntryState.MET, ended_at=NOON, joined_at=NOON - timedelta(days=waited)
        )
    for number, state in enumerate((OfferState.TAKEN, OfferState.TAKEN, OfferState.LAPSED, OfferState.DECLINED)):
        starts_at = NOON + timedelta(days=number + 1)
        WaitlistOffer.objects.create(
            entry=make_entry(
                service=service, state=EntryState.MET, ended_at=NOON, joined_at=NOON - timedelta(days=60 + number)
            ),
            state=state,
            starts_at=starts_at,
            ends_at=starts_at,
            mode="phone",
            offered_at=NOON,
            expires_at=starts_at,
        )
    partner = service.providers.first().partner
    with django_assert_max_num_queries(5):
        [row] = waiting_numbers([partner], now=NOON + timedelta(hours=1))
    assert (row.waiting, row.children, row.overdue, row.met) == (1, 2, 1, 7)
    assert row.median_wait_days == pytest.approx(60)
    assert (row.offered, row.taken, row.answered_late, row.taken_share) == (4, 2, 1, 0.5)
    assert waiting_numbers([short_week().partner]) == []
    assert waiting_numbers()[0].service == service
