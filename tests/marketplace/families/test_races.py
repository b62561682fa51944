"""Two at the same moment. Each race is shown to happen without its guard, and not to happen with it."""

import threading
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from catalog.scheduling import locks as booking_locks
from catalog.scheduling.sql import rows_of
from marketplace.families import services
from marketplace.families.errors import InvitationUsed, LastGuardian, TooManyGuardians
from marketplace.families.models import Guardianship, Invitation
from marketplace.families.selectors import guardians_of
from marketplace.families.services import accepting, guardians
from tests.factories import make_child, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mother():
    return make_user()


@pytest.fixture
def child(mother):
    return make_child(mother, born_on=date(timezone.localdate().year - 12, 1, 1))


@pytest.fixture
def unlocked(monkeypatch):
    """Families read without locks; two who have both read go on together."""
    both_have_read = threading.Barrier(2, timeout=20)

    def read_invitation(found, user):
        return Invitation.objects.select_related("child", "invited_by").get(pk=found.pk)

    def read_guardianship(public_id):
        return Guardianship.objects.select_related("child", "guardian").get(public_id=public_id)

    def meet(value):
        both_have_read.wait()
        return value

    is_last, is_full = guardians.rules.is_last_full_guardian, accepting.refuse_when_full
    monkeypatch.setattr(accepting, "_locked", read_invitation)
    monkeypatch.setattr(accepting, "refuse_when_full", lambda child: meet(is_full(child)))
    monkeypatch.setattr(guardians, "_locked", read_guardianship)
    monkeypatch.setattr(guardians.rules, "is_last_full_guardian", lambda row: meet(is_last(row)))


def accept_at_once(run_concurrently, secrets):
    people = [make_user() for _ in secrets]
    return run_concurrently(
        lambda number: services.accept_invitation(secret=secrets[number], user=people[number]), len(secrets)
    )


def errors_of(outcomes):
    return [type(outcome.error) for outcome in outcomes if outcome.error]


def test_one_invitation_lets_one_person_in(mother, child, run_concurrently):
    new = services.invite_guardian(invited_by=mother, child=child)
    outcomes = accept_at_once(run_concurrently, [new.token, new.code, new.token, new.code])
    assert errors_of(outcomes) == [InvitationUsed] * 3
    assert guardians_of(child).count() == 2


def test_without_the_lock_it_lets_two_in(mother, child, run_concurrently, unlocked):
    new = services.invite_guardian(invited_by=mother, child=child)
    outcomes = accept_at_once(run_concurrently, [new.token, new.code])
    assert errors_of(outcomes) == [] and guardians_of(child).count() == 3


def fill_up_to_three(child):
    for _ in range(2):
        Guardianship.objects.create(guardian=make_user(), child=child)


def invitations_of_two(mother, child):
    other = Guardianship.objects.filter(child=child).exclude(guardian=mother).first().guardian
    return [services.invite_guardian(invited_by=user, child=child).token for user in (mother, other)]


def test_the_fourth_place_is_taken_once(mother, child, run_concurrently):
    fill_up_to_three(child)
    outcomes = accept_at_once(run_concurrently, invitations_of_two(mother, child))
    assert errors_of(outcomes) == [TooManyGuardians] and guardians_of(child).count() == 4


def test_without_the_lock_there_are_five(mother, child, run_concurrently, unlocked):
    fill_up_to_three(child)
    outcomes = accept_at_once(run_concurrently, invitations_of_two(mother, child))
    assert errors_of(outcomes) == [] and guardians_of(child).count() == 5


def leave_at_once(run_concurrently, child):
    rows = list(guardians_of(child))
    return run_concurrently(
        lambda number: services.end_guardianship(user=rows[number].guardian, public_id=rows[number].public_id), 2
    )


def test_two_who_leave_at_once_leave_one_behind(mother, child, run_concurrently):
    Guardianship.objects.create(guardian=make_user(), child=child)
    outcomes = leave_at_once(run_concurrently, child)
    assert errors_of(outcomes) == [LastGuardian] and guardians_of(child).count() == 1


def test_without_the_lock_nobody_stays(mother, child, run_concurrently, unlocked):
    Guardianship.objects.create(guardian=make_user(), child=child)
    assert errors_of(leave_at_once(run_concurrently, child)) == [] and guardians_of(child).count() == 0


# --- booking while a guardianship ends ------------------------------------------------------------------------


def book_while_leaving(run_concurrently, guardian, child, lock):
    """One thread ends a guardianship and takes its time; the other asks meanwhile whether it may book."""
    row = guardians_of(child).get(guardian=guardian)
    has_ended, is_asking = threading.Event(), threading.Event()

    def work(number):
        with transaction.atomic():
            if number == 0:
                services.end_guardianship(user=guardian, public_id=row.public_id)
                has_ended.set()
                is_asking.wait(10)
                return threading.Event().wait(0.3)
            has_ended.wait(10)
            is_asking.set()
            return lock(guardian_id=guardian.pk, child_id=child.pk)

    return run_concurrently(work, 2)[1].value


def lock_child_and_guardian_only(*, guardian_id, child_id):
    """The same question without a lock on the guardianship itself."""
    return bool(
        rows_of(
            """
            SELECT child.id FROM families_guardianship guardianship
            JOIN families_child child ON child.id = guardianship.child_id
            JOIN accounts_user guardian ON guardian.id = guardianship.guardian_id
            WHERE guardian.id = %s AND child.id = %s AND guardianship.status = 'active'
            FOR NO KEY UPDATE OF child, guardian
            """,
            guardian_id,
            child_id,
        )
    )


@pytest.mark.parametrize(
    ("lock", "may_book"), [(booking_locks.lock_guardianship, False), (lock_child_and_guardian_only, True)]
)
def test_nobody_books_on_a_guardianship_that_is_just_ending(mother, child, run_concurrently, lock, may_book):
    guardian = Guardianship.objects.create(guardian=make_user(), child=child).guardian
    assert book_while_leaving(run_concurrently, guardian, child, lock) is may_book
