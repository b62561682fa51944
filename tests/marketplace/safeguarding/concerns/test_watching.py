"""The clocks: a promise while staffed, escalation after 15 and 60 minutes, each step once, whatever breaks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.notifications.models import Message
from marketplace.safeguarding.concerns import clocks
from marketplace.safeguarding.concerns.enums import CallState, ClockState, EventKind
from marketplace.safeguarding.concerns.models import Call, Escalation
from marketplace.safeguarding.concerns.selectors import desk_hours, phone_tree
from marketplace.safeguarding.concerns.services import acknowledge, mark_call, watch_concerns, watching
from marketplace.safeguarding.concerns.services.telling import alert_escalated
from tests import factories
from tests.factories.concerns import make_concern, make_keeper, make_lead, make_sleeper

pytestmark = pytest.mark.django_db


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def sms(person, part: str) -> int:
    return Message.objects.filter(recipient=person, channel="sms", key__contains=part).count()


def test_the_face_of_the_clock():
    make_keeper()
    concern = make_concern()
    start = concern.clock_from
    faces = [clocks.clock_face(concern, start + minutes(each)).state for each in (0, 5, 6)]
    assert faces == [ClockState.RUNNING, ClockState.RUNNING, ClockState.MISSED]
    concern.acknowledged_at = start + minutes(7)
    assert clocks.clock_face(concern, start + minutes(60)).state == ClockState.LATE
    concern.acknowledged_at = start + minutes(4)
    face = clocks.clock_face(concern, start + minutes(60))
    assert (face.state, face.minutes) == (ClockState.KEPT, 4)


def test_after_15_minutes_everybody_with_the_duty_and_after_60_the_leads_too():
    keeper, sleeper, lead = make_keeper(), make_sleeper(), make_lead()
    concern = make_concern()
    start = concern.clock_from
    assert watch_concerns(now=start + minutes(14)) == 0
    assert watch_concerns(now=start + minutes(15)) == 1
    assert (sms(keeper, ":15:"), sms(sleeper, ":15:"), sms(lead, ":15:")) == (1, 1, 0)
    assert watch_concerns(now=start + minutes(59)) == 0
    assert watch_concerns(now=start + minutes(60)) == 1
    assert (sms(keeper, ":60:"), sms(sleeper, ":60:"), sms(lead, ":60:")) == (1, 1, 1)
    assert watch_concerns(now=start + minutes(300)) == 0
    concern.refresh_from_db()
    assert concern.escalated_15_at and concern.escalated_60_at
    assert list(concern.events.filter(kind=EventKind.ESCALATED).values_list("detail", flat=True)) == ["15", "60"]


def test_the_database_refuses_a_second_escalation_of_a_step():
    concern = make_concern()
    Escalation.objects.create(concern=concern, round=1, minutes=15)
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(concern=concern, round=1, minutes=15)


def test_a_worker_that_dies_half_way_leaves_it_to_the_next_minute(monkeypatch):
    keeper = make_keeper()
    concern = make_concern()
    later = concern.clock_from + minutes(15)

    def dies(*given, **words):
        alert_escalated(*given, **words)
        raise SystemExit

    monkeypatch.setattr(watching, "alert_escalated", dies)
    with pytest.raises(SystemExit):
        watch_concerns(now=later)
    assert (Escalation.objects.count(), sms(keeper, ":15:")) == (0, 0)
    monkeypatch.undo()
    assert watch_concerns(now=later + minutes(1)) == 1
    assert sms(keeper, ":15:") == 1


def test_the_one_who_dies_after_the_commit_is_not_repeated():
    make_keeper()
    concern = make_concern()
    later = concern.clock_from + minutes(15)
    watch_concerns(now=later)
    concern.refresh_from_db()
    concern.escalated_15_at = None
    concern.save()
    assert watch_concerns(now=later) == 0
    assert Escalation.objects.count() == 1


def test_what_somebody_looks_after_is_not_escalated():
    keeper = make_keeper()
    concern = make_concern(by=keeper)
    assert watch_concerns(now=concern.clock_from + minutes(90)) == 0


def test_nobody_on_duty_escalates_too_and_the_promise_begins_with_the_shift():
    sleeper = make_sleeper()
    concern = make_concern()
    assert clocks.clock_face(concern, timezone.now()).state == ClockState.OWED
    assert watch_concerns(now=concern.clock_from + minutes(15)) == 1
    factories.make_on_duty(sleeper, Duty.SAFETY)
    at = concern.clock_from + minutes(20)
    watch_concerns(now=at)
    concern.refresh_from_db()
    assert concern.acknowledge_by == at + minutes(5)
    assert sms(sleeper, ":staffed") == 1


def test_whoever_could_not_be_told_is_told_by_the_next_beat(monkeypatch):
    keeper = make_keeper()
    monkeypatch.setattr("marketplace.safeguarding.concerns.services.telling.alert_duty", lambda **_: 0)
    concern = make_concern()
    assert concern.alerted_at is None
    monkeypatch.undo()
    watch_concerns(now=concern.clock_from + minutes(1))
    concern.refresh_from_db()
    assert concern.alerted_at and sms(keeper, ":again") == 1


def test_the_phone_tree_calls_who_is_on_duty_first_and_the_leads_last():
    sleeper, lead, keeper = make_sleeper(), make_lead(), make_keeper()
    now = timezone.now()
    assert phone_tree(now, with_leads=True) == [keeper, sleeper, lead]
    assert phone_tree(now, with_leads=False) == [keeper, sleeper]


def test_calls_are_asked_for_and_their_marks_are_kept_and_taken_back():
    keeper = make_keeper()
    concern = make_concern()
    watch_concerns(now=concern.clock_from + minutes(15))
    call = concern.calls.get()
    mark_call(public_id=concern.public_id, call_id=call.public_id, state=CallState.NO_ANSWER, by=keeper)
    watch_concerns(now=concern.clock_from + minutes(60))
    call.refresh_from_db()
    assert (call.state, call.marked_by) == (CallState.NO_ANSWER, keeper)
    mark_call(public_id=concern.public_id, call_id=call.public_id, state=CallState.WAITING, by=keeper)
    call.refresh_from_db()
    assert (call.state, call.marked_by) == (CallState.WAITING, None)
    assert Call.objects.count() == 1


def test_the_hours_of_the_desk():
    now = timezone.now()
    assert desk_hours(now).next_at is None
    sleeper = make_sleeper()
    shift = sleeper.duty_shifts.create(duty=Duty.SAFETY, begins_at=now + minutes(90), ends_at=now + minutes(200))
    assert (desk_hours(now).is_staffed, desk_hours(now).next_at) == (False, shift.begins_at)
    assert desk_hours(now + minutes(100)).is_staffed


def test_the_beat_watches_every_minute():
    from marketplace.safeguarding.concerns.tasks import watch_concerns as task
    from marketplace.settings.beat import CELERY_BEAT_SCHEDULE

    assert CELERY_BEAT_SCHEDULE["watch-concerns"] == {"task": task.name, "schedule": 60.0}


def test_acknowledging_stops_the_clock_between_the_steps():
    keeper = make_keeper()
    concern = make_concern()
    watch_concerns(now=concern.clock_from + minutes(15))
    acknowledge(public_id=concern.public_id, by=keeper)
    assert watch_concerns(now=concern.clock_from + minutes(61)) == 0


def test_whoever_is_shown_the_card_reads_when_somebody_is_there_next():
    card = "{% load safety %}{% crisis_card %}"
    sleeper = make_sleeper()
    begins = timezone.now() + minutes(90)
    sleeper.duty_shifts.create(duty=Duty.SAFETY, begins_at=begins, ends_at=begins + minutes(60))
    shown = Template(card).render(Context())
    assert "下一次是" in shown and "tel:12356" in shown
    make_keeper()
    assert "下一次是" not in Template(card).render(Context())
