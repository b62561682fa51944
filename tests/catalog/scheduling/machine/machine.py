"""Calendars under any order of what families, providers, other calendars and time itself may do; one thing after the other.

Each step is a use case of the real services on the real database; after each one the truths are asked in plain SQL, and
whatever was just sold is held against what its provider said. Two at once are tried in tests/concurrency.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import (
    drop_expired_lines,
    put_series_in_basket,
    put_session_in_basket,
    put_together_in_basket,
)
from catalog.order.models import Order
from catalog.order.services import (
    answer_request,
    cancel_booked_line,
    decide_groups,
    expire_due_orders,
    lapse_requests,
    place_order,
)
from catalog.scheduling.enums import Attendee, BookingStatus, CancelledBy, OccupancyKind
from catalog.scheduling.models import AvailabilityException, Booking, Occupancy
from catalog.scheduling.services import (
    TogetherWish,
    add_exception,
    change_room,
    expire_holds,
    move_booking,
    move_by_provider,
    read_busy_calendar,
    release_reservation,
    remove_exception,
    reserve_room,
    schedule_group_session,
    set_weekly_availability,
    set_working_rules,
    switch_mode,
)
from catalog.waitlist.enums import EntryState, OfferState
from catalog.waitlist.models import WaitlistEntry, WaitlistOffer
from catalog.waitlist.services import accept_offer, decline_offer, join_waitlist, leave_waitlist, offer_times
from marketplace.core.errors import Refusal
from tests.catalog.order.placed import pay
from tests.catalog.scheduling.machine import truths
from tests.catalog.scheduling.machine.world import TIMES, WEEKS, World
from tests.support.databases import unsaved

PICK = st.integers(0, 5)
WHO = st.integers(0, 3)
EITHER = st.booleans()
WHEN = st.integers(0, len(TIMES) - 1)
WHOM = st.sampled_from([0, 1, None])
PASSING = st.sampled_from([timedelta(minutes=20), timedelta(minutes=31), timedelta(hours=3), timedelta(hours=26)])
#: Where a program begins; deep trouble is too rarely reached from nothing.
STAGES = ("nothing", "booked", "asked", "group", "late", "offered")


class Calendars(RuleBasedStateMachine):
    """Two providers, one room, three families, two Saturdays; `world` is set by whoever runs it."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.world.begin()
        self._undone = unsaved()
        self._undone.__enter__()
        self.agreed_fen: dict[int, int] = {}
        self.known: dict[int, datetime] = {}

    # --- picking ----------------------------------------------------------------------------------------

    def _pick(self, rows: Any, pick: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[pick % len(found)] if found else None

    def _booking(self, pick: int, *statuses: str) -> Any:
        return self._pick(Booking.objects.filter(status__in=statuses or [BookingStatus.BOOKED]), pick)

    def _session(self, pick: int) -> Any:
        groups = Occupancy.objects.filter(kind=OccupancyKind.GROUP, is_live=True)
        return self._pick(groups.select_related("service__product"), pick)

    @contextmanager
    def _selling(self) -> Iterator[None]:
        """Whatever is sold inside is held against what its provider says at that moment. Refusals are answers."""
        before = dict(self._individual())
        with suppress(Refusal):
            yield
        for pk, starts_at in self._individual():
            if before.get(pk) != starts_at:
                objections = truths.objections(pk, self.world.holidays)
                assert not objections, f"sold though {objections}"

    @staticmethod
    def _individual() -> Sequence[tuple[int, datetime]]:
        live = Occupancy.objects.filter(kind=OccupancyKind.INDIVIDUAL, is_live=True)
        return list(live.order_by("pk").values_list("pk", "starts_at"))

    # --- where it begins --------------------------------------------------------------------------------

    @initialize(stage=st.sampled_from(STAGES), at=WHEN)
    def begin(self, stage: str, at: int) -> None:
        stage = self.world.stage or stage
        if stage == "booked":
            self.hold(who=0, long=False, whom=0, at=at, in_person=True)
            self.buy(who=0)
        if stage == "asked":
            self.hold(who=0, long=True, whom=0, at=at, in_person=False)
            self.buy(who=0)
        if stage == "late":
            self.hold(who=0, long=False, whom=0, at=at, in_person=True)
            self.order(who=0)
            self.time_passes(by=timedelta(minutes=31), beat=True)
        if stage == "group":
            self.schedule_group(at=at)
            self.take_seat(pick=0, who=2)
            self.buy(who=2)
        if stage == "offered":
            self.change_hours(whom=1, week=3)
            self.join(who=2, long=False, seats=False)
            self.workers_offer()

    # --- families ---------------------------------------------------------------------------------------

    @rule(who=WHO, long=EITHER, whom=WHOM, at=WHEN, in_person=EITHER)
    def hold(self, who: int, long: bool, whom: int | None, at: int, in_person: bool) -> None:
        parent, child = self.world.children[who]
        service = self.world.long if long else self.world.short
        with self._selling():
            put_session_in_basket(
                user=parent,
                service=service,
                child=child,
                mode="in_person" if in_person and not long else "phone",
                starts_at=TIMES[at],
                provider=None if whom is None else self.world.providers[whom],
            )

    @rule(pick=PICK, who=WHO)
    def take_seat(self, pick: int, who: int) -> None:
        parent, child = self.world.children[who]
        if session := self._session(pick):
            with suppress(Refusal):
                put_session_in_basket(
                    user=parent, service=session.service, child=child, mode="in_person", occupancy=session
                )

    @rule(pick=PICK, who=WHO)
    def take_seats_for_two(self, pick: int, who: int) -> None:
        parent, child = self.world.children[who]
        if session := self._session(pick):
            seats = [
                TogetherWish(session.service, child, "in_person", occupancy=session, attendee=attendee)
                for attendee in (Attendee.CHILD, Attendee.GUARDIAN)
            ]
            with suppress(Refusal):
                put_together_in_basket(user=parent, wishes=seats)

    @rule(long=EITHER, at=WHEN, named=EITHER)
    def hold_side_by_side(self, long: bool, at: int, named: bool) -> None:
        """Two of one family at one time, with two providers."""
        service = self.world.long if long else self.world.short
        wishes = [
            TogetherWish(service, child, "phone", starts_at=TIMES[at], provider=provider if named else None)
            for (_, child), provider in zip(self.world.children[:2], self.world.providers, strict=True)
        ]
        with self._selling():
            put_together_in_basket(user=self.world.parents[0], wishes=wishes)

    @rule(who=WHO, whom=EITHER, at=st.integers(0, len(TIMES) // 2 - 1), in_person=EITHER)
    def hold_series(self, who: int, whom: bool, at: int, in_person: bool) -> None:
        parent, child = self.world.children[who]
        with self._selling():
            put_series_in_basket(
                user=parent,
                service=self.world.short,
                provider=self.world.providers[whom],
                starts=[TIMES[at], TIMES[at] + timedelta(weeks=1)],
                every_weeks=1,
                child=child,
                mode="in_person" if in_person else "phone",
            )

    @rule(who=WHO)
    def order(self, who: int) -> None:
        parent, _ = self.world.children[who]
        with self._selling():
            drop_expired_lines(user=parent)
            if basket := open_basket_of(parent):
                place_order(user=parent, basket=basket, contact_name="家长", contact_phone="13800000000")

    @rule(pick=PICK)
    def pay(self, pick: int) -> None:
        """In time, late or a second time: money for whatever was ordered."""
        if order := self._pick(Order.objects.all(), pick):
            with self._selling():
                pay(order)

    @rule(who=WHO)
    def buy(self, who: int) -> None:
        self.order(who=who)
        if order := Order.objects.filter(user=self.world.children[who][0], paid_at=None).order_by("-pk").first():
            with self._selling():
                pay(order)

    @rule(pick=PICK, by_family=EITHER)
    def cancel(self, pick: int, by_family: bool) -> None:
        booking = self._booking(pick, BookingStatus.BOOKED, BookingStatus.PROPOSED)
        if booking is None:
            return
        seen = {each.pk: each for each in Booking.objects.exclude(status=BookingStatus.CANCELLED)}
        with suppress(Refusal):
            cancel_booked_line(
                booking_id=booking.pk,
                cancelled_by=CancelledBy.FAMILY if by_family else CancelledBy.PROVIDER,
                initiator=booking.booked_by if by_family else self.world.staff,
            )
        for gone in Booking.objects.filter(pk__in=seen, status=BookingStatus.CANCELLED, cancelled_by="family"):
            self.agreed_fen[gone.pk] = self._agreed_fen(seen[gone.pk])

    def _agreed_fen(self, booking: Booking) -> int:
        """What the policy gives back: all of it a day before, or while the family never agreed; else half."""
        ahead = booking.starts_at - self.world.clock.moment >= timedelta(hours=24)
        return 36_000 if ahead or booking.moved_by_provider_at or booking.answer_by else 18_000

    @rule(pick=PICK, at=WHEN)
    def move_by_family(self, pick: int, at: int) -> None:
        if booking := self._booking(pick):
            with self._selling():
                move_booking(booking_id=booking.pk, starts_at=TIMES[at], moved_by=booking.booked_by)

    @rule(pick=PICK, in_person=EITHER)
    def switch(self, pick: int, in_person: bool) -> None:
        if booking := self._booking(pick, BookingStatus.BOOKED, BookingStatus.PROPOSED):
            with suppress(Refusal):
                switch_mode(
                    booking_id=booking.pk, mode="in_person" if in_person else "phone", switched_by=booking.booked_by
                )

    # --- the waiting list -------------------------------------------------------------------------------

    @rule(who=WHO, long=EITHER, seats=EITHER)
    def join(self, who: int, long: bool, seats: bool) -> None:
        parent, child = self.world.children[who]
        service = self.world.group if seats else self.world.long if long else self.world.short
        with suppress(Refusal):
            join_waitlist(service=service, joined_by=parent, children=[child], with_guardian=seats and long)

    @rule()
    def workers_offer(self) -> None:
        with self._selling():
            for offer in offer_times():
                assert offer.offered_at + timedelta(minutes=120) <= offer.starts_at, "an offer too near its start"

    @rule(pick=PICK, says_yes=EITHER)
    def answer_offer(self, pick: int, says_yes: bool) -> None:
        if offer := self._pick(WaitlistOffer.objects.filter(state=OfferState.OPEN).select_related("entry"), pick):
            person = offer.entry.joined_by
            with suppress(Refusal):
                if says_yes:
                    accept_offer(offer=offer, accepted_by=person)
                else:
                    decline_offer(offer=offer, declined_by=person)

    @rule(pick=PICK)
    def leave(self, pick: int) -> None:
        waiting = WaitlistEntry.objects.filter(state__in=[EntryState.WAITING, EntryState.OFFERED])
        if entry := self._pick(waiting, pick):
            with suppress(Refusal):
                leave_waitlist(entry=entry, left_by=entry.joined_by)

    # --- providers --------------------------------------------------------------------------------------

    @rule(whom=EITHER, week=st.integers(0, len(WEEKS) - 1))
    def change_hours(self, whom: int, week: int) -> None:
        set_weekly_availability(provider=self.world.providers[whom], hours=WEEKS[week])

    @rule(whom=EITHER, keeps_holidays=EITHER, limit=st.sampled_from([None, None, 1, 2]))
    def change_rules(self, whom: int, keeps_holidays: bool, limit: int | None) -> None:
        set_working_rules(
            provider=self.world.providers[whom],
            keeps_holidays=keeps_holidays,
            shifted_days_as=None,
            sessions_per_day=limit,
            sessions_per_week=None,
        )

    @rule(whom=EITHER, at=WHEN)
    def close_or_reopen(self, whom: int, at: int) -> None:
        provider = self.world.providers[whom]
        if closed := AvailabilityException.objects.filter(provider=provider).first():
            remove_exception(provider=provider, exception_id=closed.pk)
        else:
            add_exception(provider=provider, starts_at=TIMES[at], ends_at=TIMES[at] + timedelta(hours=1))

    @rule(at=WHEN)
    def declare_or_undo_holiday(self, at: int) -> None:
        self.world.holidays ^= {TIMES[at].date()}

    @rule(at=WHEN, is_busy=EITHER)
    def read_other_calendar(self, at: int, is_busy: bool) -> None:
        begin = int(TIMES[at].timestamp())
        self.world.busy[:] = [(begin, begin + 45 * 60)] if is_busy else []
        read_busy_calendar(calendar_id=self.world.calendar.pk)

    @rule(is_active=EITHER)
    def open_or_close_room(self, is_active: bool) -> None:
        change_room(room=self.world.room, name="一号室", capacity=4, is_active=is_active)

    @rule(whom=EITHER, at=WHEN)
    def reserve_or_release_room(self, whom: int, at: int) -> None:
        mine = Occupancy.objects.filter(kind=OccupancyKind.BLOCKED, is_live=True).first()
        if mine:
            release_reservation(partner=self.world.one.partner, public_id=mine.public_id)
            return
        with suppress(Refusal):
            reserve_room(
                room=self.world.room,
                provider=self.world.providers[whom],
                starts_at=TIMES[at],
                ends_at=TIMES[at] + timedelta(minutes=30),
            )

    @rule(at=WHEN)
    def schedule_group(self, at: int) -> None:
        with suppress(Refusal):
            schedule_group_session(
                service=self.world.group, provider=self.world.other, starts_at=TIMES[at], seats=2, minimum_seats=2
            )

    @rule(pick=PICK, at=WHEN, off_grid=EITHER)
    def move_by_provider(self, pick: int, at: int, off_grid: bool) -> None:
        if booking := self._booking(pick):
            starts_at = TIMES[at] + timedelta(minutes=15 * off_grid)
            with suppress(Refusal):
                move_by_provider(booking_id=booking.pk, starts_at=starts_at, moved_by=self.world.staff)

    @rule(pick=PICK, accepted=EITHER)
    def answer(self, pick: int, accepted: bool) -> None:
        if booking := self._booking(pick, BookingStatus.PROPOSED):
            with suppress(Refusal):
                answer_request(booking_id=booking.pk, accepted=accepted, answered_by=self.world.staff)

    # --- time -------------------------------------------------------------------------------------------

    @rule(by=PASSING, beat=EITHER)
    def time_passes(self, by: timedelta, beat: bool) -> None:
        self.world.clock.moment += by
        if beat:
            self.beat()

    @rule()
    def beat(self) -> None:
        expire_holds()
        expire_due_orders()
        lapse_requests()
        decide_groups()

    # --- what always holds ------------------------------------------------------------------------------

    @invariant()
    def nothing_is_a_lie(self) -> None:
        found = truths.lies(self.world.clock.moment, self.agreed_fen)
        assert not found, "; ".join(found)

    def teardown(self) -> None:
        """Once everything is over nobody waits for an answer, and all of the money is where it belongs."""
        try:
            self.world.clock.moment = TIMES[-1] + timedelta(days=1)
            self.beat()
            self.nothing_is_a_lie()
            unanswered = Booking.objects.filter(status__in=[BookingStatus.PENDING, BookingStatus.PROPOSED])
            assert not unanswered.exists(), "something is still waited for"
            assert not WaitlistOffer.objects.filter(state__in=[OfferState.OPEN, OfferState.ACCEPTED]).exists()
        finally:
            self._undone.__exit__(None, None, None)
