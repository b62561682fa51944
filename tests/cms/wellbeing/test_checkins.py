"""Being asked how it is: on time, once, never at a shut moment, put off, answered, stopped in one press."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.wellbeing.diary_errors import NoMomentLeft, NotAskedNow, SnoozedEnough
from cms.wellbeing.models import CheckInPlan, CheckInPrompt
from cms.wellbeing.rules.checkins import may_ask_at
from cms.wellbeing.services import checkins, moods
from marketplace.core.formatting import SHANGHAI
from marketplace.families.models import Child
from marketplace.notifications.enums import Channel
from marketplace.notifications.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


def at(clock: str, day: int = 0) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.fixture
def child() -> Child:
    return factories.make_teen().young_profile


def start(child: Child, *clocks: str, now: datetime = MONDAY, **hours: object) -> CheckInPlan:
    times = [time.fromisoformat(clock) for clock in clocks or ("12:20", "20:30")]
    return checkins.start_plan(child=child, times=times, days=range(7), now=now, **hours)


def asked(child: Child) -> list[datetime]:
    prompts = CheckInPrompt.objects.filter(plan__child=child).order_by("due_at")
    return [prompt.due_at.astimezone(SHANGHAI) for prompt in prompts]


def messages(child: Child) -> list[Message]:
    return list(Message.objects.filter(recipient=child.account).order_by("pk"))


def test_it_is_off_until_it_is_switched_on(child):
    assert checkins.ask_how_it_is(now=at("12:20")) == 0
    plan = start(child)
    assert plan.next_at == at("12:20")
    assert (plan.quiet_from, plan.quiet_until, plan.keeps_lessons) == (time(21, 30), time(7), True)


def test_it_asks_on_time_and_once(child):
    start(child)
    assert checkins.ask_how_it_is(now=at("12:19")) == 0
    assert checkins.ask_how_it_is(now=at("12:20")) == 1
    assert checkins.ask_how_it_is(now=at("12:21")) == 0
    assert checkins.ask_how_it_is(now=at("20:30")) == 1
    assert asked(child) == [at("12:20"), at("20:30")]


def test_the_message_says_nothing_and_stays_inside(child):
    start(child)
    checkins.ask_how_it_is(now=at("12:20"))
    (message,) = messages(child)
    assert message.channel == Channel.IN_APP
    assert (message.subject, message.body) == ("", "有一个小问候，想看的时候点开。")


def test_a_clock_that_slept_does_not_ask_late(child):
    start(child)
    assert checkins.ask_how_it_is(now=at("12:40")) == 0
    assert checkins.ask_how_it_is(now=at("23:00")) == 0
    assert asked(child) == []
    assert CheckInPlan.objects.get().next_at == at("12:20", 1)


def test_nothing_left_to_ask_is_said(child):
    with pytest.raises(NoMomentLeft):
        start(child, "22:30")
    with pytest.raises(NoMomentLeft):
        checkins.start_plan(child=child, times=[time(10)], days=[0, 1], now=MONDAY)
    assert not CheckInPlan.objects.exists()


def test_putting_off_asks_again_and_twice_at_most(child):
    start(child)
    checkins.ask_how_it_is(now=at("12:20"))
    prompt = CheckInPrompt.objects.get()
    checkins.snooze_prompt(child=child, public_id=prompt.public_id, now=at("12:21"))
    assert checkins.ask_how_it_is(now=at("12:40")) == 0
    assert checkins.ask_how_it_is(now=at("12:41")) == 1
    checkins.snooze_prompt(child=child, public_id=prompt.public_id, now=at("12:42"))
    assert checkins.ask_how_it_is(now=at("13:02")) == 1
    with pytest.raises(SnoozedEnough):
        checkins.snooze_prompt(child=child, public_id=prompt.public_id, now=at("13:03"))
    assert len(messages(child)) == 3


def test_putting_off_into_the_quiet_lets_it_go(child):
    start(child, "21:20")
    checkins.ask_how_it_is(now=at("21:20"))
    prompt = CheckInPrompt.objects.get()
    assert checkins.snooze_prompt(child=child, public_id=prompt.public_id, now=at("21:21")).ended_at
    with pytest.raises(NotAskedNow):
        checkins.snooze_prompt(child=child, public_id=prompt.public_id, now=at("21:22"))
    assert checkins.ask_how_it_is(now=at("21:45")) == 0


def test_what_nobody_answers_is_let_go_quietly(child):
    start(child, "12:20")
    checkins.ask_how_it_is(now=at("12:20"))
    checkins.ask_how_it_is(now=at("13:21"))
    assert CheckInPrompt.objects.get().ended_at == at("13:21")
    assert len(messages(child)) == 1


def test_answering_ends_it_and_keeps_a_mood(child):
    start(child)
    checkins.ask_how_it_is(now=at("12:20"))
    prompt = CheckInPrompt.objects.get()
    kept = moods.record_mood(child=child, weather=3, prompt_id=prompt.public_id, now=at("12:22"))
    prompt.refresh_from_db()
    assert (prompt.mood, prompt.ended_at) == (kept.mood, at("12:22"))


def test_stopping_is_at_once_and_lets_open_ones_go(child):
    start(child)
    checkins.ask_how_it_is(now=at("12:20"))
    checkins.snooze_prompt(child=child, public_id=CheckInPrompt.objects.get().public_id, now=at("12:21"))
    checkins.stop_plan(child=child, now=at("12:22"))
    checkins.stop_plan(child=child, now=at("12:23"))
    for later in (at("12:41"), at("20:30"), at("12:20", 1)):
        assert checkins.ask_how_it_is(now=later) == 0
    assert CheckInPlan.objects.get().stopped_at == at("12:22")
    start(child, now=at("09:00", 1))
    assert checkins.ask_how_it_is(now=at("12:20", 1)) == 1


def test_a_stranger_puts_nothing_off(child):
    start(child)
    checkins.ask_how_it_is(now=at("12:20"))
    other = factories.make_teen().young_profile
    prompt = CheckInPrompt.objects.get()
    for act in (checkins.snooze_prompt, checkins.let_go):
        with pytest.raises(CheckInPrompt.DoesNotExist):
            act(child=other, public_id=prompt.public_id)


def test_an_archived_profile_is_not_asked(child):
    start(child)
    child.archived_at = MONDAY
    child.save(update_fields=["archived_at"])
    assert checkins.ask_how_it_is(now=at("12:20")) == 0


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    clocks=st.lists(st.times(), min_size=1, max_size=4),
    quiet_from=st.times(),
    quiet_until=st.times(),
    steps=st.lists(st.integers(1, 300), min_size=3, max_size=12),
)
def test_however_the_clock_runs_nobody_is_told_anything_at_a_shut_moment(
    clocks: list[time], quiet_from: time, quiet_until: time, steps: list[int]
):
    child = factories.make_teen().young_profile
    try:
        plan = checkins.start_plan(
            child=child, times=clocks, days=range(7), now=MONDAY, quiet_from=quiet_from, quiet_until=quiet_until
        )
    except NoMomentLeft:
        return
    now = MONDAY
    for step in steps:
        now += step * MINUTE
        before = len(messages(child))
        checkins.ask_how_it_is(now=now)
        if len(messages(child)) > before:
            assert may_ask_at(checkins.schedule_of(plan), now)
        prompt = CheckInPrompt.objects.filter(plan=plan, ended_at=None, snoozes=0).first()
        if prompt:
            checkins.snooze_prompt(child=child, public_id=prompt.public_id, now=now)
