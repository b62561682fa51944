"""INT-08: the middle pathway offers a time within seven days, or waits with that day and says when it came without one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.plans import errors
from catalog.plans.enums import Pathway, PlanStatus, Promise, StepStatus
from catalog.plans.models import CarePlan
from catalog.plans.rules import promise_of
from catalog.plans.selectors import free_times, pathway_numbers, whole_plans
from catalog.plans.services import drop_waiting, end_plan, start_middle_pathway, tend_plans
from catalog.waitlist.enums import EntryState
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.rules import MAX_ENTRIES
from catalog.waitlist.services import accept_offer, join_waitlist, offer_times, tend_waitlist
from marketplace.notifications.models import Message
from tests.catalog.order.placed import pay, place, put_session
from tests.catalog.waitlist.made import NOON, TEN, free, one_hour, short_week
from tests.factories import (
    make_occupancy,
    make_parent,
    make_partner_staff,
    make_service,
    make_teen,
    make_user,
)
from tests.factories.plans import make_in_care, make_plan, make_step, make_writer, make_young_child

pytestmark = pytest.mark.django_db

SEVEN_DAYS = timedelta(days=7)


@pytest.fixture
def parent():
    return make_parent(children=0)


@pytest.fixture
def child(parent):
    return make_young_child(parent)


@pytest.fixture
def writer(child):
    """A provider who works every day."""
    found = make_writer()
    make_in_care(child, found)
    return found


@pytest.fixture
def service(writer):
    return make_service(writer)


@pytest.fixture
def busy(child):
    """A service with one session within reach, and that is taken; (service, its provider)."""
    provider = short_week(user=make_user())
    make_in_care(child, provider)
    service = one_hour(provider)
    return service, provider, make_occupancy(service, starts_at=TEN)


def start(child, provider, service, **changes):
    wish = {"reason": "最近睡不好，想早点开始", "started_by": provider.user, "now": NOON}
    return start_middle_pathway(child=child, provider=provider, service=service, **wish | changes)


def promise(step, *, now=NOON):
    [loaded] = [each for each in whole_plans().get(pk=step.plan_id).steps.all() if each.pk == step.pk]
    return promise_of(loaded, today=timezone.localdate(now), now=now)


def test_a_time_within_seven_days_is_on_offer(child, parent, writer, service):
    step = start(child, writer, service)
    plan = CarePlan.objects.get()
    assert (plan.status, plan.pathway, plan.about) == (PlanStatus.ACTIVE, Pathway.MIDDLE, "最近睡不好，想早点开始")
    assert (plan.goals.count(), plan.steps.count(), plan.steps.first()) == (2, 4, step)
    assert step.needed_by - timezone.localdate(NOON) == SEVEN_DAYS
    assert step.offered_at == NOON
    assert NOON < step.first_free_at <= NOON + SEVEN_DAYS
    shown = free_times(step, from_on=timezone.localdate(NOON), to_on=step.needed_by, now=NOON)
    assert shown and shown[0].starts_at == step.first_free_at
    assert all(slot.starts_at.date() <= step.needed_by for slot in shown)
    assert promise(step) == Promise.OFFERED
    assert not WaitlistEntry.objects.exists()
    [message] = Message.objects.filter(recipient=parent, channel="in_app")
    assert "计划" not in message.subject + message.body and child.nickname not in message.body


def test_what_is_offered_and_not_chosen_is_not_the_clinics_fault(child, writer, service):
    step = start(child, writer, service)
    tend_plans(now=NOON + SEVEN_DAYS)
    step.refresh_from_db()
    assert (step.unmet_at, promise(step, now=NOON + SEVEN_DAYS)) == (None, Promise.OFFERED)


def test_without_a_free_time_they_wait_with_that_day(child, parent, busy):
    service, provider, _taken = busy
    step = start(child, provider, service)
    entry = step.waitlist_entry
    assert (step.offered_at, entry.needed_by, entry.joined_by) == (None, step.needed_by, parent)
    assert list(entry.children.all()) == [child]
    assert promise(step) == Promise.WAITING
    assert tend_plans(now=NOON + timedelta(days=1)) == 0
    assert WaitlistEntry.objects.count() == 1


def test_the_unmet_day_is_flagged_and_told_to_the_clinic_once(child, busy):
    service, provider, _taken = busy
    manager = make_partner_staff(provider.partner)
    step = start(child, provider, service)
    late = NOON + SEVEN_DAYS
    Message.objects.all().delete()
    tend_waitlist(now=late)
    assert tend_plans(now=late) == 1
    assert tend_plans(now=late + timedelta(hours=1)) == 0
    step.refresh_from_db()
    assert (step.unmet_at, step.waitlist_entry.unmet_at, promise(step, now=late)) == (late, late, Promise.UNMET)
    told = list(Message.objects.filter(recipient__in=[manager, provider.user]))
    assert {message.recipient for message in told} == {manager, provider.user}
    for message in told:
        assert child.nickname not in message.subject + message.body and service.product.title not in message.body
    numbers = pathway_numbers([provider], now=late)
    assert (numbers.started, numbers.in_time, numbers.unmet) == (1, 0, 1)


def test_a_freed_time_is_kept_and_becomes_the_steps_appointment(child, parent, busy):
    service, provider, taken = busy
    step = start(child, provider, service)
    free(taken)
    offer_times(now=NOON)
    assert promise(step) == Promise.OFFERED
    numbers = pathway_numbers([provider], now=NOON)
    assert (numbers.in_time, numbers.unmet) == (1, 0)
    accept_offer(offer=step.waitlist_entry.offers.get(), accepted_by=parent)
    pay(place(parent))
    step.refresh_from_db()
    step.waitlist_entry.refresh_from_db()
    assert (step.status, step.waitlist_entry.state) == (StepStatus.SCHEDULED, EntryState.MET)
    assert step.step_bookings.get().booking.starts_at == TEN
    assert promise(step) == Promise.BOOKED


def test_whoever_finds_a_time_another_way_waits_no_more(child, parent, busy, django_capture_on_commit_callbacks):
    service, provider, _taken = busy
    step = start(child, provider, service)
    other = make_writer(provider.partner)
    service.providers.add(other)
    with django_capture_on_commit_callbacks(execute=True):
        put_session(parent, service, child=child, starts_at=TEN, provider=other, now=NOON)
        pay(place(parent))
    step.refresh_from_db()
    step.waitlist_entry.refresh_from_db()
    assert (step.status, step.waitlist_entry.state) == (StepStatus.SCHEDULED, EntryState.LEFT)
    drop_waiting(entry_id=step.waitlist_entry_id)


def test_times_found_later_are_told(child, parent, busy):
    service, provider, taken = busy
    step = start(child, provider, service)
    WaitlistEntry.objects.update(state=EntryState.LEFT, ended_at=NOON)
    free(taken)
    Message.objects.all().delete()
    assert tend_plans(now=NOON + timedelta(hours=1)) == 1
    step.refresh_from_db()
    assert step.offered_at == NOON + timedelta(hours=1)
    assert Message.objects.filter(recipient=parent, channel="in_app").count() == 1


def test_a_pathway_needs_one_place_more_than_a_person_may_have(child, parent, busy, monkeypatch):
    from catalog.waitlist.services import joining

    monkeypatch.setattr(joining, "set_offering_going", lambda **_: None)
    for _ in range(MAX_ENTRIES):
        join_waitlist(service=one_hour(), joined_by=parent, children=[child], now=NOON)
    service, provider, _taken = busy
    assert start(child, provider, service).waitlist_entry


def test_who_waits_already_waits_until_that_day(child, parent, busy, monkeypatch):
    from catalog.waitlist.services import joining

    monkeypatch.setattr(joining, "set_offering_going", lambda **_: None)
    service, provider, _taken = busy
    entry = join_waitlist(service=service, joined_by=parent, children=[child], now=NOON)
    step = start(child, provider, service)
    entry.refresh_from_db()
    assert (step.waitlist_entry, entry.needed_by) == (entry, step.needed_by)


def test_a_teen_waits_without_a_guardian_knowing(busy):
    service, provider, _taken = busy
    guardian = make_user()
    teen = make_teen(guardian)
    make_in_care(teen.young_profile, provider)
    step = start(teen.young_profile, provider, service)
    assert step.waitlist_entry.joined_by == teen
    assert not Message.objects.filter(recipient=guardian).exists()


def test_where_nobody_can_wait_it_says_so_at_once(busy):
    service, provider, _taken = busy
    teen = make_young_child(make_user(), age=15)
    make_in_care(teen, provider)
    step = start(teen, provider, service)
    assert (step.waitlist_entry, promise(step)) == (None, Promise.MISSING)
    tend_plans(now=NOON + SEVEN_DAYS)
    step.refresh_from_db()
    assert step.unmet_at == NOON + SEVEN_DAYS


def test_a_running_plan_is_joined_and_twice_is_refused(child, writer, service):
    plan = make_plan(child, writer, about="已经开始了")
    step = start(child, writer, service)
    plan.refresh_from_db()
    assert (step.plan, plan.steps.count(), plan.goals.count()) == (plan, 2, 1)
    assert plan.about == "已经开始了\n\n最近睡不好，想早点开始"
    with pytest.raises(errors.PathwayRunning):
        start(child, writer, service)


def test_a_draft_becomes_the_plan(child, writer, service):
    draft = make_plan(child, writer, status=PlanStatus.DRAFT)
    start(child, writer, service)
    draft.refresh_from_db()
    assert draft.is_active


def test_a_manager_starts_it_for_a_colleague_and_nobody_else_does(child, writer, service):
    for stranger in (make_user(), make_writer().user, make_writer(writer.partner).user):
        with pytest.raises(errors.NotYourPlan):
            start(child, writer, service, started_by=stranger)
    manager = make_partner_staff(writer.partner)
    step = start(child, writer, service, started_by=manager)
    assert step.plan.versions.get().changed_by == manager


@pytest.mark.parametrize(
    ("changes", "refusal"), [({"reason": "  "}, errors.NoReason), ({"service": None}, errors.SessionNotOurs)]
)
def test_what_it_needs(child, writer, service, changes, refusal):
    if "service" in changes:
        changes = {"service": make_service()}
    with pytest.raises(refusal):
        start_middle_pathway(
            **{
                "child": child,
                "provider": writer,
                "service": service,
                "reason": "想早点开始",
                "started_by": writer.user,
            }
            | changes
        )


def test_nobody_starts_it_for_somebody_unknown_or_unasked(writer, service):
    stranger = make_young_child(make_user())
    with pytest.raises(errors.NotInCare):
        start(stranger, writer, service)
    make_in_care(stranger, writer, is_shared=False)
    with pytest.raises(errors.PlanNotShared):
        start(stranger, writer, service)
    unmanned = short_week()
    with pytest.raises(errors.NoAuthor):
        start(stranger, unmanned, one_hour(unmanned), started_by=make_partner_staff(unmanned.partner))


def test_the_end_of_a_plan_ends_the_wait(child, busy, django_capture_on_commit_callbacks):
    service, provider, _taken = busy
    step = start(child, provider, service)
    with django_capture_on_commit_callbacks(execute=True):
        end_plan(plan=step.plan, reached=False, closing="", ended_by=provider.user)
    assert WaitlistEntry.objects.get().state == EntryState.LEFT
    assert promise(step) is None


def test_steps_without_a_day_promise_nothing(child, writer, service):
    step = make_step(make_plan(child, writer), service=service)
    assert promise(step) is None
    assert pathway_numbers([writer]).median_days is None
