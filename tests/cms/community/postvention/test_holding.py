"""A hold begins by the rule or by a person, holds everything written, and ends by a person with a reason."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from cms.community.enums import WaitingFor, WritingState
from cms.community.models import HoldMode, Sight
from cms.community.postvention import selectors
from cms.community.postvention.drill_texts import NEWS
from cms.community.postvention.enums import HoldCause, HoldStep, Theme
from cms.community.postvention.errors import AlreadyEnded, AlreadyHeld, ReasonNeeded
from cms.community.postvention.services import drilling, holding
from cms.community.postvention.services.noticing import notice
from marketplace.notifications.models import Message
from marketplace.safeguarding.enums import Kind, Level
from tests import factories
from tests.factories.community import make_post, make_reply, make_topic
from tests.factories.library import make_reviewed
from tests.factories.moderation import make_moderator

pytestmark = pytest.mark.django_db

QUIET = {"kind": Kind.EVERYDAY, "level": Level.NONE}


@pytest.fixture(autouse=True)
def _no_memory_of_writers():
    cache.clear()


def spread(count: int, topic=None) -> None:
    """So many members pass on that somebody died, each in a thread of their own."""
    for number in range(count):
        make_post(topic=topic, text=NEWS[number])


def test_news_that_spreads_turns_the_hold_on_at_once():
    moderator = make_moderator()
    spread(6)
    hold = HoldMode.objects.get()
    assert (hold.cause, hold.theme, hold.is_drill) == (HoldCause.SURGE, Theme.LOSS, False)
    assert hold.topic == make_topic()
    assert hold.seen == 6
    assert hold.seconds_to_hold is not None
    assert hold.entries.get().step == HoldStep.BEGAN
    assert Message.objects.filter(recipient=moderator, key__startswith=f"community:hold:{hold.pk}").exists()


def test_in_several_topics_the_whole_community_is_held():
    topics = [make_topic("exams"), make_topic("mood"), make_topic("friends")]
    for number in range(6):
        make_post(topic=topics[number % 3], text=NEWS[number])
    assert HoldMode.objects.get().topic is None
    assert selectors.is_on_hold(make_topic("home"))


def test_one_writer_counts_once_however_much_they_write():
    writer = factories.make_teen(age=16)
    for text in NEWS[:8]:
        make_post(writer, text=text)
    assert Sight.objects.filter(theme=Theme.LOSS).count() == 1
    assert not HoldMode.objects.exists()


def test_everyday_words_hold_nothing():
    for _ in range(12):
        make_post()
    assert not Sight.objects.exists()


def test_what_is_kept_of_a_text_is_its_theme_alone():
    spread(1)
    assert {field.name for field in Sight._meta.concrete_fields} == {
        "id", "theme", "topic", "thread", "seen_at", "is_drill",
    }  # fmt: skip


def test_a_failure_of_the_rule_stops_nobody_from_sending(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no")

    monkeypatch.setattr("cms.community.postvention.services.noticing.themes_of", fail)
    assert make_post(text=NEWS[0]).is_shown
    assert notice(writing=make_post(), text=NEWS[0], **QUIET) is None


def test_while_held_everything_written_waits_for_a_person():
    topic, moderator = make_topic(), make_moderator()
    thread = make_post(topic=topic)
    holding.hold_community(topic=topic, reason="学校里有不好的消息", begun_by=moderator)
    assert selectors.is_on_hold(topic)
    assert not selectors.is_on_hold(make_topic("mood"))
    reply = make_reply(thread=thread, shown=False)
    assert reply.state == WritingState.WAITING
    assert reply.waiting_for in (WaitingFor.CALM, WaitingFor.SAFETY)
    thread.refresh_from_db()
    assert thread.is_shown


def test_a_person_begins_confirms_and_ends_with_reasons():
    moderator = make_moderator()
    with pytest.raises(ReasonNeeded):
        holding.hold_community(topic=None, reason=" ", begun_by=moderator)
    hold = holding.hold_community(topic=None, reason="听到坏消息", begun_by=moderator)
    with pytest.raises(AlreadyHeld):
        holding.hold_community(topic=None, reason="再来一次", begun_by=moderator)
    later = timezone.now() + timedelta(hours=20)
    holding.confirm_hold(public_id=hold.public_id, words="还需要", confirmed_by=moderator, now=later)
    holding.note_on_hold(public_id=hold.public_id, words="和学校通过电话", written_by=moderator)
    with pytest.raises(ReasonNeeded):
        holding.end_hold(public_id=hold.public_id, reason="", ended_by=moderator)
    holding.end_hold(public_id=hold.public_id, reason="安静下来了", ended_by=moderator)
    hold.refresh_from_db()
    assert [entry.step for entry in hold.entries.order_by("pk")] == ["began", "confirmed", "note", "ended"]
    assert hold.look_again_at == later + holding.LOOK_AGAIN_AFTER
    with pytest.raises(AlreadyEnded):
        holding.end_hold(public_id=hold.public_id, reason="又一次", ended_by=moderator)
    assert not selectors.is_on_hold(None)
    assert holding.hold_community(topic=None, reason="又有消息", begun_by=moderator)


def test_nothing_ends_by_itself_but_somebody_is_reminded():
    moderator = make_moderator()
    hold = holding.hold_community(topic=None, reason="听到坏消息", begun_by=moderator)
    assert holding.remind_of_holds() == 0
    assert holding.remind_of_holds(now=timezone.now() + timedelta(hours=25)) == 1
    assert Message.objects.filter(recipient=moderator, key__contains=":again:").exists()
    hold.refresh_from_db()
    assert hold.ended_at is None


def test_two_holds_at_once_are_one(transactional_db, run_concurrently):
    moderators = [make_moderator() for _ in range(3)]
    outcomes = run_concurrently(
        lambda number: holding.hold_community(topic=None, reason="坏消息", begun_by=moderators[number]), 3
    )
    assert sum(each.error is None for each in outcomes) == 1
    assert all(isinstance(each.error, AlreadyHeld) for each in outcomes if each.error)


def test_a_drill_passes_measures_its_seconds_and_holds_nothing():
    make_topic()
    make_reviewed(slug="worried-about-a-friend")
    result = drilling.run_drill()
    assert result.has_passed
    assert result.hold is not None
    assert result.hold.is_drill
    assert result.texts_to_hold <= len(NEWS)
    assert result.seconds_to_hold < 30
    assert not selectors.is_on_hold(None)
    assert not any(selectors.is_on_hold(topic) for topic in [make_topic("exams"), make_topic("mood")])
    assert make_post(shown=False).waiting_for != WaitingFor.CALM
    again = drilling.run_drill()
    assert again.texts_to_hold == result.texts_to_hold


def test_a_drill_that_nothing_triggers_fails(monkeypatch):
    make_topic()
    monkeypatch.setattr("cms.community.postvention.drill_texts.NEWS", ("今天食堂的面不错",) * 6)
    result = drilling.run_drill()
    assert result.hold is None
    assert not result.has_passed


def test_the_command_says_how_long_it_took():
    make_topic()
    make_reviewed(slug="worried-about-a-friend")
    said = StringIO()
    call_command("drill_hold", stdout=said)
    measured = json.loads(said.getvalue())
    assert measured["passed"]
    assert measured["seconds_to_hold"] < 30
    assert not HoldMode.objects.filter(ended_at=None).exists()
