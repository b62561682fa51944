"""The order, and how long an offer lasts, over everything that could be asked."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.scheduling.models import HealthcareService
from catalog.scheduling.selectors import Slot
from catalog.waitlist.enums import SPANS, EntryState, NeedBand, PartOfDay
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.rules import (
    NIGHT_FROM,
    NIGHT_TO,
    OFFER_AT_LEAST,
    OFFER_FOR,
    is_overdue,
    is_worth_offering,
    minutes_of,
    needed_by_for_middle_pathway,
    offer_end,
    rank,
    suits,
)
from marketplace.core.formatting import in_shanghai

NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
notices = st.integers(0, 3 * 24 * 60)


def told(children, **fields):
    """An entry of so many children, unsaved; they count as loaded."""
    entry = WaitlistEntry(pk=1, modes=["phone"], **fields)
    entry._prefetched_objects_cache = {"children": [None] * children}
    return entry


@st.composite
def entries(draw):
    entry = WaitlistEntry(
        pk=draw(st.integers(1, 10_000)),
        joined_at=draw(moments),
        needed_by=draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))),
    )
    return entry, draw(st.sampled_from(NeedBand))


@given(st.lists(entries(), min_size=2, max_size=12, unique_by=lambda pair: pair[0].pk))
def test_need_first_then_a_day_to_keep_then_who_waits_longest(found):
    ordered = sorted(found, key=lambda pair: rank(*pair))
    for (one, one_band), (other, other_band) in zip(ordered, ordered[1:], strict=False):
        assert one_band >= other_band
        if one_band == other_band:
            assert (one.needed_by or date.max) <= (other.needed_by or date.max)
            if one.needed_by == other.needed_by:
                assert one.joined_at <= other.joined_at


@given(st.lists(entries(), min_size=2, max_size=12, unique_by=lambda pair: pair[0].pk), st.randoms())
def test_the_order_does_not_depend_on_who_was_read_first(found, dice):
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert sorted(found, key=lambda pair: rank(*pair)) == sorted(shuffled, key=lambda pair: rank(*pair))


@given(entries(), st.integers(1, 1000))
def test_waiting_longer_never_puts_anybody_further_back(found, minutes):
    entry, band = found
    later = rank(entry, band)
    entry.joined_at -= timedelta(minutes=minutes)
    assert rank(entry, band) < later


@given(moments, st.integers(-600, 60 * 24 * 30), notices)
def test_an_offer_never_reaches_past_the_start_less_its_notice(now, ahead, notice):
    service = HealthcareService(minimum_notice_minutes=notice)
    starts_at = now + timedelta(minutes=ahead)
    end = offer_end(service, starts_at=starts_at, now=now)
    assert end <= starts_at - timedelta(minutes=notice)
    slot = Slot(1, starts_at, starts_at, (1,), ("phone",))
    if is_worth_offering(service, slot, now=now):
        assert now + OFFER_AT_LEAST <= end < starts_at + timedelta(seconds=1)


@given(moments)
def test_with_time_enough_an_offer_lasts_two_waking_hours_and_never_ends_in_the_night(now):
    end = offer_end(HealthcareService(minimum_notice_minutes=0), starts_at=now + timedelta(days=30), now=now)
    assert timedelta(hours=2) <= end - now <= timedelta(hours=12)
    awake = sum(
        NIGHT_TO <= in_shanghai(now + timedelta(minutes=m)).time() < NIGHT_FROM
        for m in range(int((end - now).total_seconds() // 60))
    )
    assert abs(timedelta(minutes=awake) - OFFER_FOR) <= timedelta(minutes=1)
    assert NIGHT_TO <= in_shanghai(end).time() <= NIGHT_FROM


@given(
    moments,
    st.integers(10, 300),
    st.sampled_from(PartOfDay),
    st.sets(st.integers(0, 6)),
    st.none() | st.integers(1, 3),
    st.integers(1, 3),
    st.sets(st.integers(1, 4), min_size=1),
)
def test_what_suits_lies_within_all_that_was_wished(starts_at, minutes, part, weekdays, provider, number, givers):
    from_time, to_time = SPANS[part]
    entry = told(number, weekdays=weekdays, from_time=from_time, to_time=to_time, provider_id=provider)
    slot = Slot(1, starts_at, starts_at + timedelta(minutes=minutes), tuple(sorted(givers)), ("in_person", "phone"))
    if not suits(entry, slot):
        return
    begin, end = in_shanghai(slot.starts_at), in_shanghai(slot.ends_at)
    assert not weekdays or begin.weekday() in weekdays
    assert from_time is None or begin.time() >= from_time
    assert to_time is None or (end.time() <= to_time and end.date() == begin.date())
    assert provider is None or provider in givers
    assert number <= len(givers)


def test_a_seat_for_each_and_one_for_the_guardian():
    slot = Slot(1, NOW, NOW + timedelta(hours=1), (1,), ("phone",), seats_left=2, occupancy_id=7)
    assert suits(told(1, with_guardian=True), slot)
    assert not suits(told(2, with_guardian=True), slot)


def test_somebody_is_overdue_from_the_day_on_while_they_wait():
    today = date(2026, 11, 25)
    assert needed_by_for_middle_pathway(today) == date(2026, 12, 2)
    entry = WaitlistEntry(needed_by=today, state=EntryState.WAITING)
    assert is_overdue(entry, today)
    assert not is_overdue(entry, today - timedelta(days=1))
    entry.state = EntryState.MET
    assert not is_overdue(entry, today)


def test_parts_of_a_day_fit_a_session():
    for begin, end in SPANS.values():
        assert minutes_of(end or time(23, 59)) - minutes_of(begin or time(0)) >= 90
