"""Two people at the same desk at the same moment: duties that change, a school's list that is brought in."""

import time

import pytest

from catalog.partner.enums import OrganisationType
from marketplace.accounts.duty import changes, locks
from marketplace.accounts.duty.changes import ask_change, decide_change
from marketplace.accounts.enums import ChangeReason, Duty, Role
from marketplace.accounts.models import DutyChange, User
from partners.schools.enums import ListKind, ListState
from partners.schools.models import SchoolList
from partners.schools.services import bring_list, confirm_list
from tests.factories import make_partner, make_partner_staff, make_staff

pytestmark = pytest.mark.django_db(transaction=True)


def two_leads_who_leave() -> list[DutyChange]:
    """Two leads, of each of whom the other one is to agree that they leave; and who may agree."""
    leads = [make_staff(duties=[], is_superuser=True) for _ in range(2)]
    return [
        ask_change(person=one, duties=[], leaves=True, reason=ChangeReason.LEAVES, asked_by=other)
        for one, other in (leads, leads[::-1])
    ]


def leads_left() -> int:
    return User.objects.filter(role=Role.STAFF, is_active=True, is_superuser=True).count()


def leave_at_once(run_concurrently) -> None:
    waiting = two_leads_who_leave()
    privacy = [make_staff(duties=[Duty.PRIVACY]) for _ in range(2)]
    run_concurrently(lambda n: decide_change(public_id=waiting[n].public_id, agrees=True, decided_by=privacy[n]), 2)


def test_two_leads_who_leave_at_once_do_not_leave_the_house_without_one(run_concurrently):
    leave_at_once(run_concurrently)
    assert leads_left() == 1


def test_without_the_lock_nobody_would_be_left(run_concurrently, monkeypatch):
    def look_only(pk: int) -> User:
        return User.objects.get(pk=pk)

    def last_lead_then_wait(person: User) -> bool:
        found = was_last(person)
        time.sleep(0.3)
        return found

    was_last = changes._is_last_lead
    monkeypatch.setattr(locks, "lock_colleague", look_only)
    monkeypatch.setattr(changes, "lock_colleague", look_only)
    monkeypatch.setattr(changes, "_is_last_lead", last_lead_then_wait)
    leave_at_once(run_concurrently)
    assert leads_left() == 0


def test_two_who_agree_to_the_same_change_do_so_once(run_concurrently):
    person = make_staff(duties=[Duty.SUPPORT])
    asker = make_staff(duties=[], is_superuser=True)
    change = ask_change(person=person, duties=[Duty.REVIEW], reason=ChangeReason.MOVES, asked_by=asker)
    seconds = [make_staff(duties=[], is_superuser=True) for _ in range(2)]

    outcomes = run_concurrently(
        lambda n: decide_change(public_id=change.public_id, agrees=n == 0, decided_by=seconds[n]), 2
    )

    assert sorted(type(outcome.error).__name__ for outcome in outcomes) == ["ChangeIsOver", "NoneType"]


def test_a_list_confirmed_twice_at_once_holds_once_and_brought_twice_is_one_draft(run_concurrently):
    school = make_partner(organisation_type=OrganisationType.SCHOOL)
    teacher = make_partner_staff(school)
    tables = [f"年级,班级,座号\n初一,{number}班,1\n".encode() for number in range(2)]

    outcomes = run_concurrently(
        lambda n: bring_list(partner=school, kind=ListKind.CLASSES, content=tables[n], uploaded_by=teacher), 2
    )
    assert not any(outcome.error for outcome in outcomes)
    draft = SchoolList.objects.get()

    outcomes = run_concurrently(lambda n: confirm_list(partner=school, public_id=draft.public_id), 2)
    assert sorted(type(outcome.error).__name__ for outcome in outcomes) == ["DraftGone", "NoneType"]
    assert SchoolList.objects.filter(state=ListState.CURRENT).count() == 1
