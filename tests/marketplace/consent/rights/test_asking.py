"""Who may ask for what about whom, by age; corrections and their answers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.consent.rights import services
from marketplace.consent.rights.enums import Fact, RequestKind, RequestState, Scope
from marketplace.consent.rights.errors import AlreadyAnswered, AlreadyAsked, NotARealDate, NotYoursToAsk
from marketplace.consent.rights.models import DataRequest, RequestEvent
from marketplace.consent.rights.selectors import obstacles_of, person_for
from marketplace.families.age_rules import birthday
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Child, Guardianship
from marketplace.notifications.models import Message
from tests import factories
from tests.marketplace.consent.rights.life import later

pytestmark = pytest.mark.django_db
FULL, BOOKINGS = Scope.FULL, Scope.BOOKINGS_AND_BILLS


def born(years: int, *, days: int = 0) -> date:
    """Born so that somebody turns this old in so many days."""
    today = timezone.localdate() + timedelta(days=days)
    return birthday(today.replace(year=today.year - years, day=min(today.day, 28)), 0)


def scopes(asker, subject_id) -> tuple[Scope | None, ...] | None:
    """(export, correct, erase)"""
    person = person_for(asker, subject_id)
    return tuple(person.scopes[kind] for kind in RequestKind) if person else None


@pytest.mark.parametrize(
    ("years", "with_account", "guardian", "oneself"),
    [
        (5, False, (FULL, FULL, FULL), None),
        (13, False, (FULL, FULL, FULL), None),
        (13, True, (FULL, FULL, FULL), (None, None, None)),
        (14, True, (BOOKINGS, None, None), (FULL, FULL, FULL)),
        (14, False, (BOOKINGS, FULL, FULL), None),
        (17, True, (BOOKINGS, None, None), (FULL, FULL, FULL)),
        (18, True, None, (FULL, FULL, FULL)),
    ],
)
def test_who_may_ask_by_age(years, with_account, guardian, oneself):
    parent = factories.make_parent(children=0)
    account = factories.make_user(role=Role.TEEN) if with_account else None
    child = factories.make_child(parent, born_on=born(years), account=account)
    assert scopes(parent, child.public_id) == guardian
    if account:
        assert scopes(account, child.public_id) == oneself
        assert scopes(account, account.public_id) == oneself
    assert scopes(factories.make_user(), child.public_id) is None
    assert scopes(parent, factories.make_user().public_id) is None


def test_the_day_of_the_fourteenth_birthday():
    parent, account = factories.make_parent(children=0), factories.make_user(role=Role.TEEN)
    child = factories.make_child(parent, born_on=born(14, days=1), account=account)
    assert scopes(parent, child.public_id) == (FULL, FULL, FULL)
    Child.objects.filter(pk=child.pk).update(born_on=born(14))
    assert scopes(parent, child.public_id) == (BOOKINGS, None, None)


def test_who_only_books_gets_bookings_and_bills():
    parent = factories.make_parent(children=0)
    child = factories.make_child(parent, born_on=born(9))
    Guardianship.objects.filter(child=child).update(scope=GuardianshipScope.BOOKING)
    assert scopes(parent, child.public_id) == (BOOKINGS, None, None)


def test_an_ended_guardianship_opens_nothing():
    parent = factories.make_parent()
    child = parent.children.get()
    Guardianship.objects.update(status="ended", ended_at=timezone.now())
    assert scopes(parent, child.public_id) is None
    with pytest.raises(NotYoursToAsk):
        services.ask_for_copy(asker=parent, subject_id=child.public_id)


def test_a_work_account_is_first_let_go_by_its_organisation():
    staff = factories.make_staff()
    assert obstacles_of(person_for(staff, staff.public_id).asked(RequestKind.ERASE))


def test_the_other_guardian_hears_of_an_erasure_and_can_stop_it():
    parent, other = factories.make_parent(children=0), factories.make_user()
    child = factories.make_child(parent, other, born_on=born(9))
    request = services.ask_for_erasure(asker=parent, subject_id=child.public_id)
    assert Message.objects.filter(recipient=other, channel="in_app").exists()
    services.withdraw_request(user=other, public_id=request.public_id)
    assert DataRequest.objects.get().state == RequestState.WITHDRAWN
    assert Message.objects.filter(recipient=parent, subject="申请已撤回", channel="in_app").exists()
    with pytest.raises(NotYoursToAsk):
        services.withdraw_request(user=factories.make_user(), public_id=request.public_id)


@pytest.fixture
def correction():
    parent = factories.make_parent(children=0)
    child = factories.make_child(parent, born_on=date(2016, 2, 3))
    request = services.ask_for_correction(
        asker=parent, subject_id=child.public_id, fact=Fact.BORN_ON, proposal=" 2016-03-02 "
    )
    return request.correction


def test_an_accepted_birth_date_is_written_and_the_history_stays(correction):
    staff = factories.make_staff()
    services.answer_correction(
        public_id=correction.public_id, answered_by=staff, is_accepted=True, answer="核对过出生证明。"
    )
    request = DataRequest.objects.get()
    assert request.child.born_on == date(2016, 3, 2)
    assert request.state == RequestState.DONE
    assert list(RequestEvent.objects.values_list("state", flat=True)) == ["waiting", "done"]
    assert request.correction.proposal == "2016-03-02"
    assert request.correction.answer == "核对过出生证明。"
    assert Message.objects.filter(recipient=request.asked_by, subject="更正申请有回复了").exists()


def test_a_declined_one_changes_nothing_and_says_why(correction):
    staff = factories.make_staff()
    services.answer_correction(
        public_id=correction.public_id, answered_by=staff, is_accepted=False, answer="和证明上的不一样。"
    )
    assert DataRequest.objects.get().state == RequestState.DECLINED
    assert Child.objects.get().born_on == date(2016, 2, 3)
    with pytest.raises(AlreadyAnswered):
        services.answer_correction(public_id=correction.public_id, answered_by=staff, is_accepted=True, answer="晚了")


@pytest.mark.parametrize("written", ["明天", "2016-02-30", "1850-01-01", "2999-01-01", ""])
def test_a_birth_date_is_a_real_one(written):
    parent = factories.make_parent()
    child = parent.children.get()
    with pytest.raises(NotARealDate):
        services.ask_for_correction(asker=parent, subject_id=child.public_id, fact=Fact.BORN_ON, proposal=written)


def test_after_an_answer_one_may_ask_again(correction):
    asker, child = correction.request.asked_by, correction.request.child
    with pytest.raises(AlreadyAsked):
        services.ask_for_correction(asker=asker, subject_id=child.public_id, fact=Fact.OTHER, proposal="再来一次")
    services.answer_correction(
        public_id=correction.public_id, answered_by=factories.make_staff(), is_accepted=False, answer="不行。"
    )
    services.ask_for_correction(asker=asker, subject_id=child.public_id, fact=Fact.OTHER, proposal="再来一次")
    services.run_due_requests(now=later(30))
    assert DataRequest.objects.filter(state=RequestState.WAITING).count() == 1
