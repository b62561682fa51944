"""A room with its counsellor, a provider's limit, and a child's time: many at once, on connections of their own."""

import threading
from contextlib import suppress

import pytest

from catalog.scheduling import services
from catalog.scheduling.enums import Mode
from catalog.scheduling.errors import ChildAlreadyBooked, DayFull, RoomTaken, SlotTaken
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.selectors import conflicts_of
from catalog.scheduling.services import keeping
from catalog.scheduling.services.availability import WorkingHours
from tests.factories import make_child, make_location, make_parent, make_provider, make_service, next_weekday, shanghai

pytestmark = pytest.mark.django_db(transaction=True)
SATURDAY = next_weekday(5, weeks=1)
TEN = shanghai(SATURDAY, 10)
RIVALS = 6


def hold(service, provider, parent, *, starts_at=TEN, mode=Mode.IN_PERSON, child=None):
    return services.hold_slot(
        service=service, provider=provider, starts_at=starts_at, child=child or parent.children.first(), mode=mode,
        booked_by=parent,
    )  # fmt: skip


def kept(outcomes, *refusals):
    for outcome in outcomes:
        assert outcome.error is None or isinstance(outcome.error, refusals), repr(outcome.error)
    return sum(outcome.error is None for outcome in outcomes)


def meet_after(monkeypatch, name, rivals):
    """Let all rivals look before any of them writes; where a lock parts them, nobody waits long."""
    look, barrier = getattr(keeping, name), threading.Barrier(rivals)

    def look_and_meet(*args, **options):
        seen = look(*args, **options)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(1)
        return seen

    monkeypatch.setattr(keeping, name, look_and_meet)


class TestOneRoomManyCounsellors:
    @pytest.fixture
    def service(self, transactional_db):
        providers = [make_provider() for _ in range(RIVALS)]
        place = make_location(providers[0].partner)
        services.add_room(location=place, name="一号室")
        return make_service(*providers, location=place, needs_room=True)

    def rush(self, service, run_concurrently):
        providers, parents = list(service.providers.all()), [make_parent() for _ in range(RIVALS)]
        return run_concurrently(lambda n: hold(service, providers[n], parents[n]), RIVALS)

    def test_one_gets_the_room_and_the_others_nothing(self, service, run_concurrently):
        assert kept(self.rush(service, run_concurrently), RoomTaken) == 1
        assert Occupancy.objects.filter(is_live=True).count() == Booking.objects.count() == 1

    def test_the_constraint_alone_holds_as_well(self, service, run_concurrently, monkeypatch):
        monkeypatch.setattr(keeping, "lock_rooms", lambda _: None)
        meet_after(monkeypatch, "choose_room", RIVALS)
        assert kept(self.rush(service, run_concurrently), RoomTaken) == 1
        assert Occupancy.objects.filter(is_live=True).count() == 1

    def test_without_lock_and_constraint_the_race_is_real(self, service, run_concurrently, monkeypatch):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE scheduling_occupancy DROP CONSTRAINT room_never_used_twice")
        monkeypatch.setattr(keeping, "lock_rooms", lambda _: None)
        meet_after(monkeypatch, "choose_room", RIVALS)
        assert kept(self.rush(service, run_concurrently), RoomTaken) > 1


class TestLimit:
    @pytest.fixture
    def service(self, transactional_db):
        return make_service(make_provider(sessions_per_day=2))

    def rush(self, service, run_concurrently):
        provider, parents = service.providers.get(), [make_parent() for _ in range(RIVALS)]
        hours = [9, 10, 11, 12, 13, 14]
        return run_concurrently(
            lambda n: hold(service, provider, parents[n], starts_at=shanghai(SATURDAY, hours[n]), mode=Mode.PHONE),
            RIVALS,
        )

    def test_a_day_takes_as_many_as_wanted(self, service, run_concurrently):
        assert kept(self.rush(service, run_concurrently), DayFull) == 2

    def test_without_the_lock_the_race_is_real(self, service, run_concurrently, monkeypatch):
        monkeypatch.setattr(keeping, "_lock_providers", lambda _: None)
        meet_after(monkeypatch, "timetables_of", RIVALS)
        assert kept(self.rush(service, run_concurrently), DayFull) > 2


class TestOneChild:
    def test_a_child_is_in_one_place_whoever_books(self, transactional_db, run_concurrently, monkeypatch):
        """Two guardians, several counsellors; neither the child's lock nor the look before is there."""
        parent = make_parent()
        child = parent.children.get()
        made = [make_service() for _ in range(RIVALS)]
        monkeypatch.setattr(keeping, "lock_family", lambda **_: True)
        monkeypatch.setattr(keeping, "_refuse_when_child_is_busy", lambda _: None)
        outcomes = run_concurrently(
            lambda n: hold(made[n], made[n].providers.get(), parent, mode=Mode.PHONE, child=child), RIVALS
        )
        assert kept(outcomes, ChildAlreadyBooked) == 1
        assert Occupancy.objects.filter(is_live=True).count() == 1

    def test_ended_holds_of_many_are_freed_by_many(self, transactional_db, run_concurrently):
        """Everybody's ended hold stands in the way of everybody's next one: no deadlock, nothing lost."""
        parents = [make_parent() for _ in range(RIVALS)]
        made = [make_service() for _ in range(RIVALS)]
        held = [hold(made[n], made[n].providers.get(), parents[n], mode=Mode.PHONE) for n in range(RIVALS)]
        later = max(each.held_until for each in held)

        def swap(n):
            service = made[(n + 1) % RIVALS]
            return services.hold_slot(
                service=service, provider=service.providers.get(), starts_at=TEN, child=parents[n].children.get(),
                mode=Mode.PHONE, booked_by=parents[n], now=later,
            )  # fmt: skip

        assert kept(run_concurrently(swap, RIVALS)) == RIVALS
        assert Occupancy.objects.filter(is_live=True).count() == RIVALS
        assert set(Booking.objects.filter(pk__in=[each.pk for each in held]).values_list("status", flat=True)) == {
            "cancelled"
        }


def test_hours_changed_while_somebody_books_stand_in_one_order(transactional_db, run_concurrently):
    """Whoever comes first: either nothing is sold outside the new hours, or it is listed as a conflict."""
    provider = make_provider()
    service, parents = make_service(provider), [make_parent() for _ in range(4)]

    def act(n):
        if n == 0:
            return services.set_weekly_availability(
                provider=provider, hours=[WorkingHours(6, shanghai(SATURDAY, 9).time(), shanghai(SATURDAY, 18).time())]
            )
        return hold(service, provider, parents[n - 1], starts_at=shanghai(SATURDAY, 9 + 2 * n), mode=Mode.PHONE)

    outcomes = run_concurrently(act, 4)
    sold = [outcome.value for outcome in outcomes[1:] if outcome.error is None]
    assert {conflict.booking for conflict in conflicts_of(provider)} == set(sold)


def test_a_family_books_two_children_two_ways_without_a_deadlock(transactional_db, run_concurrently):
    from django.utils import timezone

    from catalog.scheduling.services.places import refusing_overlaps

    parent = make_parent()
    children = [parent.children.get(), make_child(parent)]
    made = [make_service(), make_service()]
    now = timezone.now()

    def both(n):
        order = (0, 1) if n % 2 else (1, 0)
        wishes = [
            services.Wish(made[i], TEN, children[i], "phone", parent, now, provider_id=made[i].providers.get().pk)
            for i in order
        ]
        with refusing_overlaps():
            return services.hold_within(wishes)

    assert kept(run_concurrently(both, 4), SlotTaken, ChildAlreadyBooked) == 1
    assert Occupancy.objects.filter(is_live=True).count() == 2
