"""SCH-05: a step leads to its appointment, and the appointment back to the step; the step follows what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.basket.errors import GuardianPays
from catalog.order.services import cancel_booked_line
from catalog.plans import errors
from catalog.plans.enums import PlanStatus, StepStatus
from catalog.plans.fhir import care_plan
from catalog.plans.models import StepBooking
from catalog.plans.rules import can_be_booked
from catalog.plans.selectors import step_of_family, whole_plans
from catalog.plans.services import book_step, change_step, end_plan
from catalog.plans.services.parts import StepWords
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.errors import SlotTaken
from catalog.scheduling.models import Booking
from catalog.scheduling.services import mark_attendance
from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import Subject, subject_data
from tests.catalog.order.placed import free_start, pay, place, put_session
from tests.factories import make_child, make_occupancy, make_parent, make_service, make_teen, make_user
from tests.factories.plans import let_see_plans, make_plan, make_step, make_writer, make_young_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return make_writer()


@pytest.fixture
def parent():
    return make_parent(children=0)


@pytest.fixture
def step(parent, writer):
    """The one step of a plan, which asks for a session with whoever gives it."""
    child = make_young_child(parent)
    let_see_plans(child, writer)
    return make_step(make_plan(child, writer, steps=0), service=make_service(writer))


def book(step, person, **changes):
    return book_step(**{"step": step, "booked_by": person, "starts_at": free_start(), "mode": "in_person"} | changes)


def booked(step, person):
    line = book(step, person)
    pay(place(person))
    return Booking.objects.get(pk=line.booking_id)


def status(step):
    step.refresh_from_db()
    return step.status


def is_free(person, step):
    return can_be_booked(step_of_family(person, step.public_id), now=timezone.now())


def test_a_step_and_its_appointment_point_to_one_another(step, parent):
    line = book(step, parent)
    assert line.booking.step_booking.step == step
    assert list(StepBooking.objects.filter(step=step).values_list("booking", flat=True)) == [line.booking_id]
    assert (status(step), is_free(parent, step)) == (StepStatus.NOT_STARTED, False)
    pay(place(parent))
    assert status(step) == StepStatus.SCHEDULED

    booking, child = Booking.objects.get(pk=line.booking_id), step.plan.child
    resources = [
        each
        for data in subject_data()
        if data.key in {"scheduling", "care_plans"}
        for each in data.fhir(Subject(child=child, user=None)) or []
    ]
    appointment = next(each for each in resources if each["resourceType"] == "Appointment")
    request = next(each for each in resources if each["resourceType"] == "ServiceRequest")
    plan = next(each for each in resources if each["resourceType"] == "CarePlan")
    assert appointment["basedOn"] == [{"reference": f"ServiceRequest/{request['id']}"}]
    assert request["basedOn"] == [{"reference": f"CarePlan/{plan['id']}"}]
    [activity] = plan["activity"]
    assert activity["reference"] == {"reference": f"ServiceRequest/{step.public_id}"}
    assert activity["outcomeReference"] == [{"reference": f"Appointment/{booking.public_id}"}]


def test_the_copy_of_ones_data_is_valid_fhir(step, parent):
    from marketplace.consent.rights.copies.bundle import bundle_of

    make_step(step.plan, text="写三件小事")
    booked(step, parent)
    assert "CarePlan" in bundle_of(care_plan(whole_plans().get()), made_at=timezone.now())


def test_a_copy_without_details_says_nothing_of_a_plan(step, parent):
    booked(step, parent)
    subject = Subject(child=step.plan.child, scope=next(each for each in Scope if each is not Scope.FULL))
    for data in subject_data():
        if data.key in {"scheduling", "care_plans"}:
            assert "basedOn" not in str(data.fhir(subject)) and "CarePlan" not in str(data.fhir(subject))


def test_cancelled_it_can_be_booked_again(step, parent):
    first = booked(step, parent)
    with pytest.raises(errors.BookedAlready):
        book(step, parent, starts_at=free_start(hour=14))
    cancel_booked_line(booking_id=first.pk, cancelled_by=CancelledBy.FAMILY, initiator=parent)
    assert (status(step), is_free(parent, step)) == (StepStatus.NOT_STARTED, True)
    pay_again = book(step, parent, starts_at=free_start(hour=14))
    pay(place(parent))
    assert status(step) == StepStatus.SCHEDULED
    assert step.step_bookings.first().booking_id == pay_again.booking_id


def test_a_hold_that_lapses_leaves_the_step_free(step, parent):
    line = book(step, parent)
    Booking.objects.filter(pk=line.booking_id).update(held_until=timezone.now() - timedelta(minutes=1))
    assert (status(step), is_free(parent, step)) == (StepStatus.NOT_STARTED, True)


def test_held_it_is_done_and_missed_it_can_be_booked_again(step, parent, writer):
    booking = booked(step, parent)
    after = booking.starts_at + timedelta(minutes=5)
    mark_attendance(booking_id=booking.pk, attended=True, marked_by=writer.user, now=after)
    assert status(step) == StepStatus.COMPLETED
    mark_attendance(booking_id=booking.pk, attended=False, marked_by=writer.user, now=after)
    assert status(step) == StepStatus.NOT_STARTED


def test_who_finds_the_time_on_the_product_page_has_taken_the_step(step, parent):
    put_session(parent, step.service, child=step.plan.child)
    pay(place(parent))
    assert status(step) == StepStatus.SCHEDULED


def test_of_two_steps_for_the_same_session_none_is_guessed(step, parent):
    make_step(step.plan, service=step.service)
    put_session(parent, step.service, child=step.plan.child)
    pay(place(parent))
    assert not StepBooking.objects.exists()


def test_a_taken_time_is_refused_and_the_step_stays_free(step, parent, writer):
    make_occupancy(step.service, starts_at=free_start())
    with pytest.raises(SlotTaken):
        book(step, parent)
    assert is_free(parent, step)


def test_the_second_of_the_family_is_told_and_holds_nothing(step, parent, writer):
    other = make_user()
    step.plan.child.guardianships.create(guardian=other, relation="father")
    book(step, parent)
    with pytest.raises(errors.BookedAlready):
        book(step, other, starts_at=free_start(hour=14))
    assert Booking.objects.filter(status=BookingStatus.PENDING).count() == 1


def test_strangers_and_guardians_of_teens_book_nothing(step, writer):
    with pytest.raises(errors.NotYourPlan):
        book(step, make_parent())
    guardian = make_user()
    teen = make_teen(guardian)
    let_see_plans(teen.young_profile, writer)
    theirs = make_step(make_plan(teen.young_profile, writer), service=make_service(writer))
    with pytest.raises(errors.NotYourPlan):
        book(theirs, guardian)
    assert book(theirs, teen).booking.child == teen.young_profile


def test_a_small_child_with_an_account_asks_a_parent(writer):
    teen = make_teen(make_user(), age=7)
    let_see_plans(teen.young_profile, writer)
    theirs = make_step(make_plan(teen.young_profile, writer), service=make_service(writer))
    with pytest.raises(GuardianPays):
        book(theirs, teen)


def test_a_booked_step_is_changed_at_the_booking(step, parent, writer):
    booking = booked(step, parent)
    change = {"step": step, "changed_by": writer.user}
    with pytest.raises(errors.StepIsBooked):
        change_step(words=StepWords("见面", service=step.service), status=StepStatus.CANCELLED, **change)
    with pytest.raises(errors.StepIsBooked):
        change_step(words=StepWords("见面"), status=StepStatus.SCHEDULED, **change)
    change_step(words=StepWords("第一次见面", service=step.service), status=StepStatus.SCHEDULED, **change)
    assert (status(step), step.text) == (StepStatus.SCHEDULED, "第一次见面")
    end_plan(plan=step.plan, reached=False, closing="", ended_by=writer.user)
    booking.refresh_from_db()
    assert (booking.status, status(step)) == (BookingStatus.BOOKED, StepStatus.SCHEDULED)
    cancel_booked_line(booking_id=booking.pk, cancelled_by=CancelledBy.FAMILY, initiator=parent)
    assert (status(step), is_free(parent, step)) == (StepStatus.CANCELLED, False)
    assert step.plan.__class__.objects.get().status == PlanStatus.REVOKED


def test_the_child_of_another_plan_is_not_touched(step, parent):
    sibling = make_child(parent)
    put_session(parent, step.service, child=sibling)
    pay(place(parent))
    assert status(step) == StepStatus.NOT_STARTED
