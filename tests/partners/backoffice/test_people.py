"""The people desk: a colleague's duties change when two people want it, and end at once when they are taken."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.duty import errors
from marketplace.accounts.duty.changes import ask_change, decide_change, withdraw_change
from marketplace.accounts.enums import ChangeReason, ChangeState, Duty
from marketplace.accounts.models import DutyChange, DutyShift
from marketplace.core.audit.models import AuditEvent
from tests.catalog.queries import queries_of
from tests.factories import make_parent, make_staff, signed_in

pytestmark = pytest.mark.django_db
PEOPLE = "/backoffice/people/"


def lead(**fields):
    return make_staff(duties=[], is_superuser=True, **fields)


def ask(person, *duties, by=None, **fields):
    fields = {"reason": ChangeReason.MOVES} | fields
    return ask_change(person=person, duties=duties, asked_by=by or lead(), **fields)


def test_nothing_changes_before_a_second_person_agrees():
    person = make_staff(duties=[Duty.SUPPORT])
    change = ask(person, Duty.SUPPORT, Duty.REVIEW)
    person.refresh_from_db()
    assert person.duties == [Duty.SUPPORT]

    decide_change(public_id=change.public_id, agrees=True, decided_by=lead())
    person.refresh_from_db()
    assert set(person.duties) == {Duty.SUPPORT, Duty.REVIEW}
    assert AuditEvent.objects.filter(purpose="duty:change", subject_id=person.public_id).count() == 2


def test_whoever_asked_and_whom_it_is_about_cannot_agree():
    asker, person = lead(), lead()
    change = ask(person, Duty.FINANCE, by=asker)
    for nobody in (asker, person, make_staff(duties=[Duty.SUPPORT])):
        with pytest.raises(errors.NeedsAnother):
            decide_change(public_id=change.public_id, agrees=True, decided_by=nobody)


def test_the_database_lets_nobody_decide_alone():
    change = ask(make_staff(duties=[]), Duty.REVIEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyChange.objects.filter(pk=change.pk).update(
            state=ChangeState.AGREED, decided_by=change.asked_by, decided_at=timezone.now()
        )


def test_where_there_is_one_lead_privacy_duty_is_the_second_person_while_on_it():
    privacy = make_staff(duties=[Duty.PRIVACY])
    change = ask(make_staff(duties=[]), Duty.REVIEW)
    DutyShift.objects.filter(user=privacy).update(ends_at=timezone.now())
    with pytest.raises(errors.NeedsAnother):
        decide_change(public_id=change.public_id, agrees=True, decided_by=privacy)

    DutyShift.objects.filter(user=privacy).update(ends_at=timezone.now() + timedelta(hours=1))
    decide_change(public_id=change.public_id, agrees=True, decided_by=privacy)
    change.refresh_from_db()
    assert change.state == ChangeState.AGREED


def test_a_duty_taken_away_ends_its_shifts_and_leaves_the_others():
    person = make_staff(duties=[Duty.SUPPORT, Duty.SAFETY])
    ahead = timezone.now() + timedelta(days=1)
    person.duty_shifts.create(duty=Duty.SAFETY, begins_at=ahead, ends_at=ahead + timedelta(hours=8))
    browser = signed_in(person)
    assert browser.get(reverse("concerns:desk")).status_code == 200

    change = ask(person, Duty.SUPPORT)
    decide_change(public_id=change.public_id, agrees=True, decided_by=lead())

    assert browser.get(reverse("concerns:desk")).status_code == 403
    assert browser.get(reverse("backoffice:questions")).status_code == 200
    assert not person.duty_shifts.filter(duty=Duty.SAFETY, ends_at__gt=timezone.now()).exists()


def test_who_leaves_is_out_of_every_browser_at_once(client):
    person = make_staff(duties=[Duty.SUPPORT])
    browser = signed_in(person)
    browser.get(PEOPLE)
    change = ask(person, leaves=True, reason=ChangeReason.LEAVES)
    decide_change(public_id=change.public_id, agrees=True, decided_by=lead())

    person.refresh_from_db()
    assert not person.is_active and not person.is_staff and person.duties == []
    assert browser.get("/backoffice/").status_code == 302


def test_a_refused_or_withdrawn_change_changes_nothing_and_is_over():
    person, asker = make_staff(duties=[Duty.SUPPORT]), lead()
    refused = ask(person, Duty.FINANCE, by=asker)
    decide_change(public_id=refused.public_id, agrees=False, decided_by=lead())
    back = ask(person, Duty.FINANCE, by=asker)
    with pytest.raises(errors.MayNotPlan):
        withdraw_change(public_id=back.public_id, by=lead())
    withdraw_change(public_id=back.public_id, by=asker)

    person.refresh_from_db()
    assert person.duties == [Duty.SUPPORT]
    for over in (refused, back):
        with pytest.raises(errors.ChangeIsOver):
            decide_change(public_id=over.public_id, agrees=True, decided_by=lead())


def test_what_cannot_be_asked_for():
    person = make_staff(duties=[Duty.SUPPORT])
    with pytest.raises(errors.MayNotPlan):
        ask(person, Duty.REVIEW, by=make_staff(duties=[Duty.PRIVACY]))
    with pytest.raises(errors.NothingChanges):
        ask(person, Duty.SUPPORT)
    with pytest.raises(errors.NotOurStaff):
        ask(make_parent(), Duty.SUPPORT)
    ask(person, Duty.REVIEW)
    with pytest.raises(errors.ChangeWaits):
        ask(person, Duty.FINANCE)


def test_the_last_lead_stays():
    only = lead()
    with pytest.raises(errors.LastLead):
        ask(only, leaves=True, reason=ChangeReason.LEAVES, by=only)


def test_duties_that_moved_meanwhile_are_not_overwritten():
    person = make_staff(duties=[Duty.SUPPORT])
    change = ask(person, Duty.REVIEW)
    person.duties = [Duty.SUPPORT, Duty.SAFETY]
    person.save()
    with pytest.raises(errors.DutiesMoved):
        decide_change(public_id=change.public_id, agrees=True, decided_by=lead())


def test_the_pages_from_asking_to_agreeing():
    person, first, second = make_staff(duties=[], nickname="小雨老师"), lead(), lead()
    page = reverse("backoffice:colleague", args=[person.public_id])
    asked = signed_in(first).post(page, {"duties": ["support"], "reason": "joins"}, follow=True)
    assert "另一位同事同意后生效" in asked.content.decode()

    browser = signed_in(second)
    assert "小雨老师" in browser.get(PEOPLE).content.decode()
    change = DutyChange.objects.get()
    agreed = browser.post(reverse("backoffice:decide_change", args=[change.public_id]), {"act": "agree"}, follow=True)
    assert "已生效" in agreed.content.decode()
    person.refresh_from_db()
    assert person.duties == ["support"]


def test_leaving_needs_both_the_box_and_the_reason():
    person = make_staff(duties=[Duty.SUPPORT])
    page = reverse("backoffice:colleague", args=[person.public_id])
    answer = signed_in(lead()).post(page, {"leaves": "on", "reason": "moves"})
    assert answer.status_code == 422 and not DutyChange.objects.exists()


@pytest.mark.parametrize("words", ["小雨", "rain@", "0099"])
def test_a_colleague_is_found_by_name_email_or_the_end_of_the_number(words):
    make_staff(duties=[], nickname="小雨老师", email="rain@xinqiao.example", phone="+8613900010099")
    make_staff(duties=[], nickname="别人")
    text = signed_in(lead(nickname="负责的人")).get(PEOPLE, {"q": words}).content.decode()
    assert "小雨老师" in text and "别人" not in text


def test_others_find_nothing():
    person = make_staff(duties=[])
    for path in (PEOPLE, reverse("backoffice:colleague", args=[person.public_id])):
        assert signed_in(make_parent()).get(path).status_code == 404
        assert signed_in(make_staff(duties=[Duty.SUPPORT])).get(path).status_code == 403


def test_the_list_costs_the_same_for_three():
    browser = signed_in(lead())
    ask(make_staff(duties=[]), Duty.REVIEW)
    browser.get(PEOPLE)
    one = queries_of(lambda: browser.get(PEOPLE))
    for _ in range(2):
        ask(make_staff(duties=[]), Duty.REVIEW)
    assert queries_of(lambda: browser.get(PEOPLE)) == one
