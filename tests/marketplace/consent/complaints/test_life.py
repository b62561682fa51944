"""A complaint from the first word to the last, with its clocks; and what stops it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift, User
from marketplace.consent.complaints import services
from marketplace.consent.complaints.clocks import clock_faces
from marketplace.consent.complaints.enums import Cause, ClockState, ComplaintStatus, EntryKind, Side, Topic
from marketplace.consent.complaints.errors import (
    AlreadyObjected,
    AlreadyTaken,
    NotAnswered,
    NotOpen,
    NotYours,
    SameReader,
    TooLateToObject,
)
from marketplace.consent.complaints.models import ClockAlarm, Complaint, Entry
from marketplace.consent.complaints.selectors import (
    complaint_by_code,
    entries_for_person,
    figures,
    officers_on_duty_or_next,
    open_queue,
)
from marketplace.consent.complaints.tasks import watch_clocks
from marketplace.core.formatting import SHANGHAI
from marketplace.notifications.models import Message
from tests import factories

pytestmark = pytest.mark.django_db

#: A Friday before mid-autumn and the days of October; the Sunday after it is worked.
BEFORE_OCTOBER = datetime(2026, 9, 18, 17, tzinfo=SHANGHAI)
#: Before the spring festival.
BEFORE_SPRING = datetime(2026, 2, 13, 9, tzinfo=SHANGHAI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def officer(**fields: Any) -> User:
    return factories.make_staff(duties=[Duty.PRIVACY], **fields)


def file(now: datetime = BEFORE_OCTOBER, **fields: Any) -> services.Filed:
    words = {"topic": Topic.SEEN, "items": ["booking"], "what_happened": "前台把我的预约念了出来", "contact": ""}
    return services.file_complaint(**words | fields, now=now)


def answered(complaint: Complaint, by: User, now: datetime) -> Complaint:
    services.take_complaint(public_id=complaint.public_id, taken_by=by, now=now)
    return services.answer_complaint(
        public_id=complaint.public_id,
        answer="查明是前台疏忽，已培训。",
        cause=Cause.CARELESS,
        side=Side.SERVICE,
        answered_by=by,
        now=now,
    )


def kinds(complaint: Complaint) -> list[str]:
    return list(complaint.entries.values_list("kind", flat=True))


def faces(complaint: Complaint, now: datetime) -> list[ClockState]:
    return [face.state for face in clock_faces(complaint, now)]


@pytest.mark.parametrize(
    ("begun", "answer_day", "second_day"),
    [(BEFORE_OCTOBER, "2026-10-15", "2026-11-06"), (BEFORE_SPRING, "2026-03-12", "2026-04-03")],
    ids=["国庆", "春节"],
)
def test_a_whole_life_over_the_holidays(begun: datetime, answer_day: str, second_day: str) -> None:
    first, second, parent = officer(), officer(), factories.make_parent()
    complaint = file(begun, complainant=parent).complaint
    public_id = complaint.public_id
    assert complaint.acknowledge_by == begun + DAY
    assert f"{complaint.answer_by.astimezone(SHANGHAI):%F %T}" == f"{answer_day} 23:59:59"

    services.take_complaint(public_id=public_id, taken_by=first, now=begun + 20 * HOUR)
    services.ask_back(public_id=public_id, question="是哪一天？", asked_by=first, now=begun + 21 * HOUR)
    assert Complaint.objects.get().status == ComplaintStatus.WAITING
    services.reply(public_id=public_id, text="上周六下午", now=begun + 2 * DAY)
    services.note(public_id=public_id, text="已看录像", written_by=first, now=begun + 3 * DAY)
    last_moment = complaint.answer_by
    complaint = services.answer_complaint(
        public_id=public_id, answer="是前台疏忽。", cause="careless", side="service", answered_by=first, now=last_moment
    )
    assert complaint.status == ComplaintStatus.ANSWERED
    assert faces(complaint, last_moment) == [ClockState.KEPT, ClockState.KEPT]

    complaint = services.object_to_answer(public_id=public_id, text="没有道歉", now=last_moment + HOUR)
    assert complaint.second_answer_by
    assert f"{complaint.second_answer_by.astimezone(SHANGHAI):%F}" == second_day
    with pytest.raises(SameReader):
        services.take_complaint(public_id=public_id, taken_by=first, now=last_moment + 2 * HOUR)
    services.take_complaint(public_id=public_id, taken_by=second, now=last_moment + 2 * HOUR)
    complaint = services.answer_complaint(
        public_id=public_id, answer="机构已当面道歉。", cause="careless", side="service", answered_by=second,
        now=last_moment + DAY,
    )  # fmt: skip
    assert complaint.status == ComplaintStatus.CLOSED
    assert complaint.closed_at == last_moment + DAY
    assert faces(complaint, last_moment + DAY) == [ClockState.KEPT] * 3
    assert kinds(complaint) == [
        "received", "confirmed", "acknowledged", "question", "reply", "note", "answer", "objection", "second_answer",
    ]  # fmt: skip
    assert [e.text for e in complaint.entries.filter(kind__in=["question", "reply", "answer"])] == [
        "是哪一天？",
        "上周六下午",
        "是前台疏忽。",
    ]
    assert EntryKind.NOTE not in entries_for_person(complaint).values_list("kind", flat=True)
    told = Message.objects.filter(recipient=parent, channel="in_app")
    assert told.count() == 5  # confirmed, acknowledged, asked, answered, answered again
    assert not any(word in message.subject + message.body for message in told for word in ("前台", "道歉", "预约"))


def test_a_satisfied_person_closes_it_and_a_silent_one_lets_it_close() -> None:
    one, two, staff = file().complaint, file().complaint, officer()
    for complaint in (one, two):
        answered(complaint, staff, BEFORE_OCTOBER + DAY)
    services.accept_answer(public_id=one.public_id, now=BEFORE_OCTOBER + 2 * DAY)
    services.accept_answer(public_id=one.public_id, now=BEFORE_OCTOBER + 3 * DAY)
    services.watch_clocks(now=BEFORE_OCTOBER + 31 * DAY)
    two.refresh_from_db()
    assert two.status == ComplaintStatus.ANSWERED
    services.watch_clocks(now=BEFORE_OCTOBER + 31 * DAY + timedelta(seconds=1))
    for complaint in (one, two):
        complaint.refresh_from_db()
        assert complaint.status == ComplaintStatus.CLOSED
    assert one.closed_at == BEFORE_OCTOBER + 2 * DAY


def test_objecting_has_its_time_and_comes_once() -> None:
    staff, complaint = officer(), file().complaint
    with pytest.raises(NotAnswered):
        services.object_to_answer(public_id=complaint.public_id, text="不行")
    with pytest.raises(NotAnswered):
        services.accept_answer(public_id=complaint.public_id)
    answered(complaint, staff, BEFORE_OCTOBER)
    with pytest.raises(TooLateToObject):
        services.object_to_answer(public_id=complaint.public_id, text="不行", now=BEFORE_OCTOBER + 31 * DAY)
    services.object_to_answer(public_id=complaint.public_id, text="不行", now=BEFORE_OCTOBER + 30 * DAY)
    with pytest.raises(AlreadyObjected):
        services.object_to_answer(public_id=complaint.public_id, text="不行", now=BEFORE_OCTOBER + 30 * DAY)


def test_only_who_has_it_works_on_it() -> None:
    one, two, complaint = officer(), officer(), file().complaint
    public_id = complaint.public_id
    with pytest.raises(NotYours):
        services.note(public_id=public_id, text="x", written_by=one)
    services.take_complaint(public_id=public_id, taken_by=one)
    services.take_complaint(public_id=public_id, taken_by=one)  # twice is once
    with pytest.raises(AlreadyTaken):
        services.take_complaint(public_id=public_id, taken_by=two)
    with pytest.raises(NotYours):
        services.ask_back(public_id=public_id, question="x", asked_by=two)
    services.hand_on(public_id=public_id, reason="需要懂技术的同事", handed_on_by=one)
    assert Message.objects.filter(recipient=two, body__contains="接手").exists()
    assert not Message.objects.filter(recipient=one, body__contains="接手").exists()
    services.take_complaint(public_id=public_id, taken_by=two)
    answered(complaint, two, BEFORE_OCTOBER)
    for act in (
        lambda: services.take_complaint(public_id=public_id, taken_by=one),
        lambda: services.note(public_id=public_id, text="x", written_by=two),
        lambda: services.reply(public_id=public_id, text="x"),
    ):
        with pytest.raises(NotOpen):
            act()


def test_somebody_is_told_before_a_promise_ends_and_everybody_once_it_is_missed() -> None:
    handler, other = officer(), officer()
    DutyShift.objects.filter(user=handler).update(begins_at=BEFORE_OCTOBER - DAY, ends_at=BEFORE_OCTOBER + 20 * HOUR)
    DutyShift.objects.filter(user=other).update(begins_at=BEFORE_OCTOBER + 30 * HOUR, ends_at=BEFORE_OCTOBER + 60 * DAY)
    complaint = file().complaint
    Message.objects.all().delete()
    assert services.watch_clocks(now=BEFORE_OCTOBER + 17 * HOUR) == 0
    assert services.watch_clocks(now=BEFORE_OCTOBER + 19 * HOUR) == 1
    assert services.watch_clocks(now=BEFORE_OCTOBER + 19 * HOUR) == 0, "once"
    in_app = Message.objects.filter(channel="in_app")
    assert [m.recipient for m in in_app] == [handler], "who is on duty"
    assert services.watch_clocks(now=BEFORE_OCTOBER + 25 * HOUR) == 1
    assert {m.recipient for m in in_app.filter(body__contains="超时")} == {handler, other}
    services.take_complaint(public_id=complaint.public_id, taken_by=handler, now=BEFORE_OCTOBER + 26 * HOUR)
    in_app.delete()
    assert services.watch_clocks(now=complaint.answer_by - DAY) == 1
    assert {m.recipient for m in in_app} == {handler, other}, "who has it, and who is on duty"
    assert services.watch_clocks(now=complaint.answer_by + DAY) == 1
    assert list(ClockAlarm.objects.values_list("clock", "state")) == [
        ("acknowledge", "near"), ("acknowledge", "missed"), ("answer", "near"), ("answer", "missed"),
    ]  # fmt: skip
    assert Entry.objects.filter(kind=EntryKind.ALARM).count() == 4
    assert EntryKind.ALARM not in entries_for_person(complaint).values_list("kind", flat=True)


def test_beat_watches(settings) -> None:
    assert watch_clocks.name == settings.CELERY_BEAT_SCHEDULE["watch-complaint-clocks"]["task"]
    file(now=BEFORE_SPRING)
    watch_clocks()
    assert ClockAlarm.objects.exists()


def test_with_nobody_on_duty_the_next_one_hears_of_it_else_everybody() -> None:
    one, two = factories.make_staff(duties=[]), factories.make_staff(duties=[])
    for user in (one, two):
        user.duties = [Duty.PRIVACY]
        user.save()
    now = BEFORE_OCTOBER
    assert set(officers_on_duty_or_next(now)) == {one, two}
    DutyShift.objects.create(user=one, duty=Duty.PRIVACY, begins_at=now + 9 * HOUR, ends_at=now + 10 * HOUR)
    DutyShift.objects.create(user=two, duty=Duty.PRIVACY, begins_at=now + 5 * HOUR, ends_at=now + 6 * HOUR)
    assert officers_on_duty_or_next(now) == [two]
    assert officers_on_duty_or_next(now + 9 * HOUR) == [one]


def test_words_of_danger_bring_it_to_the_top() -> None:
    calm, urgent = file().complaint, file(what_happened="她看到以后说不想活了").complaint
    assert (calm.is_urgent, urgent.is_urgent) == (False, True)
    assert list(open_queue()) == [urgent, calm]
    services.reply(public_id=calm.public_id, text="我也不想活了")
    calm.refresh_from_db()
    assert calm.is_urgent


def test_the_queue_is_in_the_order_of_the_next_promise() -> None:
    late, early = file(BEFORE_OCTOBER + DAY).complaint, file(BEFORE_OCTOBER).complaint
    assert list(open_queue()) == [early, late]
    services.take_complaint(public_id=early.public_id, taken_by=officer(), now=BEFORE_OCTOBER)
    assert list(open_queue()) == [late, early], "what is acknowledged waits for its answer only"


def test_a_code_opens_its_own_complaint_however_it_is_typed() -> None:
    one, two = file(), file()
    number = one.complaint.number
    assert complaint_by_code(number=number, code=one.code) == one.complaint
    assert complaint_by_code(number=number.lower(), code=one.code.replace("-", " ").lower()) == one.complaint
    assert complaint_by_code(public_id=one.complaint.public_id, code=one.code) == one.complaint
    assert complaint_by_code(number=number, code=two.code) is None
    assert complaint_by_code(number="T0000000", code=one.code) is None
    assert one.code not in one.complaint.code_digest


def test_figures_count_and_name_nobody() -> None:
    staff = officer()
    on_time, late, waiting = (file().complaint for _ in range(3))
    answered(on_time, staff, BEFORE_OCTOBER + HOUR)
    answered(late, staff, BEFORE_OCTOBER + 60 * DAY)
    found = figures(BEFORE_OCTOBER - DAY, BEFORE_OCTOBER + 61 * DAY)
    assert found == {
        "received": 3,
        "open": 1,
        "by_topic": {"seen": 3},
        "by_cause": {"careless": 2},
        "by_side": {"service": 2},
        "second_readings": 0,
        "acknowledged_on_time": 0.3333,
        "answered_on_time": 0.3333,
        "second_answered_on_time": None,
    }
    assert waiting.is_open
    assert figures(BEFORE_OCTOBER + 90 * DAY, BEFORE_OCTOBER + 91 * DAY)["answered_on_time"] is None
