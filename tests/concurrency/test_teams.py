"""Two managers who remove one another at once: one stays."""

import pytest

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership, Partner
from catalog.partner.team import locks, services
from catalog.partner.team.errors import InvitationOver, LastManager, NotManager
from marketplace.accounts.enums import Role
from tests.factories import make_partner, make_partner_staff, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_managers():
    clinic = make_partner()
    return clinic, [make_partner_staff(clinic), make_partner_staff(clinic)]


def managers_left(clinic: Partner) -> int:
    return Membership.objects.filter(partner=clinic, role=TeamRole.MANAGER).count()


@pytest.fixture
def without_lock(monkeypatch, meet):
    """Read the organisation without locking its row; both look before either writes."""

    def unlocked(partner_id: int) -> Partner:
        return Partner.objects.get(pk=partner_id)

    monkeypatch.setattr(locks, "lock_team", unlocked)
    meet()


@pytest.fixture
def meet(monkeypatch):
    """Let both have looked before either writes; where a guard parts them, nobody waits long."""
    import threading
    from contextlib import suppress

    from catalog.partner.team.services import members

    def arrange() -> None:
        look, barrier = members._refuse_without_manager, threading.Barrier(2)

        def look_and_meet(place: Membership) -> None:
            look(place)
            with suppress(threading.BrokenBarrierError):
                barrier.wait(1)

        monkeypatch.setattr(members, "_refuse_without_manager", look_and_meet)

    return arrange


def remove_one_another(run_concurrently, clinic, managers):
    return run_concurrently(
        lambda number: services.remove(partner=clinic, user=managers[1 - number], removed_by=managers[number]), 2
    )


def test_without_the_lock_nobody_would_be_left(run_concurrently, two_managers, without_lock):
    remove_one_another(run_concurrently, *two_managers)

    assert managers_left(two_managers[0]) == 0


def test_of_two_who_remove_one_another_one_stays(run_concurrently, two_managers, meet):
    meet()
    outcomes = remove_one_another(run_concurrently, *two_managers)

    assert managers_left(two_managers[0]) == 1
    assert [type(outcome.error) for outcome in outcomes if outcome.error] == [NotManager]


def test_of_two_who_leave_at_once_one_stays(run_concurrently, two_managers, meet):
    meet()
    clinic, managers = two_managers
    outcomes = run_concurrently(lambda number: services.leave(partner=clinic, user=managers[number]), 2)

    assert managers_left(clinic) == 1
    assert [type(outcome.error) for outcome in outcomes if outcome.error] == [LastManager]


def test_a_link_used_twice_at_once_opens_once(run_concurrently, two_managers):
    clinic, managers = two_managers
    colleague = make_user(role=Role.PARTNER_STAFF)
    link = services.invite(partner=clinic, address=colleague.phone, role=TeamRole.DESK, invited_by=managers[0])

    outcomes = run_concurrently(lambda number: services.accept(secret=link.secret, user=colleague), 2)

    assert clinic.memberships.filter(user=colleague).count() == 1
    assert [type(outcome.error) for outcome in outcomes if outcome.error] == [InvitationOver]
