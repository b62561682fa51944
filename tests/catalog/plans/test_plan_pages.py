"""The family's pages of plans: what each person sees, what strangers do not, and a time taken for a step."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.basket.models import Line
from catalog.plans.enums import PlanStatus, StepStatus
from catalog.plans.models import CarePlan
from marketplace.consent.enums import DataItem, GivenAs, Purpose
from marketplace.core.audit.enums import Outcome
from marketplace.core.audit.models import AuditEvent
from tests.catalog.order.placed import free_start
from tests.factories import make_booking, make_parent, make_service, make_teen, make_user, signed_in
from tests.factories.consent import make_consent
from tests.factories.plans import make_plan, make_step, make_writer, make_young_child
from tests.factories.waitlist import make_entry, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return make_parent(children=0)


@pytest.fixture
def plan(parent):
    return make_plan(make_young_child(parent), make_writer())


@pytest.fixture
def client(parent):
    return signed_in(parent)


def page_of(plan, name="plan"):
    return reverse(f"plans:{name}", args=[plan.public_id])


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_without_a_plan_the_page_says_what_one_is(client):
    assert "还没有支持计划" in text(client, reverse("plans:index"))


def test_a_parent_of_a_small_child_reads_it(client, plan):
    assert "一起往前走" in text(client, reverse("plans:index"))
    shown = text(client, page_of(plan))
    assert all(words in shown for words in ("一起往前走", "说好慢慢来", "目标1", "先试一周"))
    assert "一起往前走" in text(client, page_of(plan, "history"))
    looks = AuditEvent.objects.filter(subject_id=plan.child.public_id, items__contains=["plan"])
    assert looks.count() == 3 and all(look.outcome == Outcome.ALLOWED for look in looks)


def test_a_teen_reads_their_own_and_a_guardian_only_with_their_word():
    guardian = make_user()
    teen = make_teen(guardian)
    plan = make_plan(teen.young_profile, make_writer())
    assert "一起往前走" in text(signed_in(teen), page_of(plan))
    hers = signed_in(guardian)
    assert hers.get(page_of(plan)).status_code == 404
    assert "一起往前走" not in text(hers, reverse("plans:index"))
    make_consent(
        teen.young_profile, guardian, items=[DataItem.PLAN], purpose=Purpose.GUARDIANSHIP, needs=[GivenAs.TEEN]
    )
    assert "一起往前走" in text(hers, page_of(plan))


def test_strangers_and_drafts_are_not_there(client, plan):
    step = make_step(plan, service=make_service())
    book = reverse("plans:book", args=[step.public_id])
    stranger = signed_in(make_parent())
    for address in (page_of(plan), page_of(plan, "history"), book):
        assert stranger.get(address).status_code == 404
    assert stranger.post(book, {"slot": free_start().isoformat(), "mode": "in_person"}).status_code == 404
    CarePlan.objects.update(status=PlanStatus.DRAFT)
    for address in (page_of(plan), page_of(plan, "history"), book):
        assert client.get(address).status_code == 404


def test_what_was_written_before_it_was_shown_stays_the_writers(client, plan):
    CarePlan.objects.update(started_at=timezone.now())
    assert "说好慢慢来" not in text(client, page_of(plan, "history"))


def test_a_time_for_a_step_goes_to_the_checkout(client, plan):
    step = make_step(plan, service=make_service(plan.provider))
    book = reverse("plans:book", args=[step.public_id])
    assert book in text(client, page_of(plan))
    week = f"{book}?week={free_start().date().isoformat()}"
    assert free_start().isoformat() in text(client, week)
    response = client.post(book, {"slot": free_start().isoformat(), "mode": "in_person"})
    assert response.headers["Location"] == reverse("checkout:index")
    line = Line.objects.get()
    assert line.booking.step_booking.step == step
    shown = text(client, page_of(plan))
    assert book not in shown and "去付款" in shown


@pytest.mark.parametrize("sent", [{}, {"slot": "morgen", "mode": "in_person"}, {"slot": "2026-11-28T10:00:00+08:00"}])
def test_half_a_wish_is_asked_again(client, plan, sent):
    step = make_step(plan, service=make_service(plan.provider))
    response = client.post(reverse("plans:book", args=[step.public_id]), sent | {"sent": "yes"})
    assert response.status_code == 422
    assert not Line.objects.exists()


def test_a_booked_step_leads_to_its_booking_and_back(client, plan, parent):
    service = make_service(plan.provider)
    booking = make_booking(service=service, child=plan.child, booked_by=parent)
    make_step(plan, service=service, booking=booking, status=StepStatus.SCHEDULED)
    detail = reverse("bookings:detail", args=[booking.public_id])
    assert detail in text(client, page_of(plan))
    assert page_of(plan) in text(client, detail)


def test_a_guardian_who_may_not_see_the_plan_sees_no_way_to_it():
    guardian = make_user()
    teen = make_teen(guardian)
    plan = make_plan(teen.young_profile, make_writer())
    booking = make_booking(service=make_service(plan.provider), child=teen.young_profile, booked_by=guardian)
    make_step(plan, booking=booking)
    assert page_of(plan) not in text(signed_in(guardian), reverse("bookings:detail", args=[booking.public_id]))


def test_who_waits_is_led_to_the_waiting_list_and_to_help(client, plan, parent):
    service = make_service(plan.provider)
    entry = make_entry(service=service, joined_by=parent, children=[plan.child])
    make_step(plan, service=service, waitlist_entry=entry, needed_by=timezone.localdate() + timedelta(days=5))
    shown = text(client, page_of(plan))
    assert reverse("waitlist:entry", args=[entry.public_id]) in shown and reverse("crisis") in shown
    make_offer(entry)
    assert "有一个时间留给你" in text(client, page_of(plan))


def test_an_ended_plan_is_read_and_not_booked(client, plan):
    step = make_step(plan, service=make_service(plan.provider))
    plan.status, plan.ended_at, plan.closing = PlanStatus.COMPLETED, timezone.now(), "走到这里真好"
    plan.save()
    assert "走到这里真好" in text(client, page_of(plan))
    book = reverse("plans:book", args=[step.public_id])
    assert client.get(book).headers["Location"] == page_of(plan)


def test_lists_cost_the_same_with_one_and_with_three(client, plan, parent):
    def cost(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    service = make_service(plan.provider)

    def add_step(hour):
        booking = make_booking(service=service, child=plan.child, booked_by=parent, starts_at=free_start(hour=hour))
        make_step(plan, service=service, booking=booking, waitlist_entry=make_entry(service=service))

    add_step(9)
    before = {name: cost(address) for name, address in (("index", reverse("plans:index")), ("plan", page_of(plan)))}
    for hour in (11, 14):
        add_step(hour)
        make_plan(plan.child, make_writer())
    make_plan(make_young_child(parent), make_writer())
    assert cost(reverse("plans:index")) == before["index"]
    assert cost(page_of(plan)) == before["plan"]
