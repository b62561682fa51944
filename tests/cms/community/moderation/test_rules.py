"""The order of the queue, and when reports hold something."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.community.moderation import rules
from cms.community.moderation.enums import (
    GENTLE_REASONS,
    SEVERE_REASONS,
    Cause,
    Outcome,
    ReportReason,
    Urgency,
)
from cms.community.moderation.rules import Voice
from cms.community.moderation.wording import TEMPLATES, templates_for, usual_wait_words
from marketplace.safeguarding.enums import Kind, Level

VOICES = st.lists(st.builds(Voice, st.sampled_from(ReportReason.values), st.booleans()), max_size=6)


@pytest.mark.parametrize(
    ("cause", "level", "reasons", "expected"),
    [
        (Cause.NEW, Level.NONE, [], Urgency.ORDINARY),
        (Cause.NEW, Level.DISTRESS, [], Urgency.ORDINARY),
        (Cause.GATE, Level.CONCERN, [], Urgency.NEXT),
        (Cause.GATE, Level.URGENT, [], Urgency.NOW),
        (Cause.REPORT, Level.NONE, ["hurtful"], Urgency.SOON),
        (Cause.REPORT, Level.NONE, ["identity"], Urgency.NEXT),
        (Cause.REPORT, Level.NONE, ["danger"], Urgency.NOW),
        (Cause.APPEAL, Level.NONE, [], Urgency.SOON),
    ],
)
def test_how_soon_something_is_looked_at(cause, level, reasons, expected):
    voices = [Voice(reason, True) for reason in reasons]
    assert rules.urgency(cause=cause, level=level, voices=voices) == expected


def test_whoever_waits_long_comes_sooner_but_never_before_danger():
    assert rules.urgency_after(Urgency.ORDINARY, timedelta(minutes=119)) == Urgency.ORDINARY
    assert rules.urgency_after(Urgency.ORDINARY, timedelta(hours=2)) == Urgency.SOON
    assert rules.urgency_after(Urgency.ORDINARY, timedelta(hours=40)) == Urgency.NEXT
    assert rules.urgency_after(Urgency.NOW, timedelta(0)) == Urgency.NOW


@given(st.sampled_from(list(Urgency)), st.floats(0, 100), st.floats(0, 100))
def test_waiting_never_makes_anything_less_urgent(first, hours, more):
    soon, later = (rules.urgency_after(first, timedelta(hours=each)) for each in (hours, hours + more))
    assert first <= soon <= later


@pytest.mark.parametrize("reason", SEVERE_REASONS)
def test_one_member_or_two_strangers_hold_what_is_severe(reason):
    assert rules.holds([Voice(reason, True)])
    assert not rules.holds([Voice(reason, False)])
    assert rules.holds([Voice(reason, False)] * 2)


def test_three_readers_hold_and_a_mere_feeling_never_does():
    hurtful, upset = Voice(ReportReason.HURTFUL, True), Voice(ReportReason.UPSETTING, True)
    assert not rules.holds([hurtful] * 2)
    assert rules.holds([hurtful] * 3)
    assert not rules.holds([upset] * 30)


def test_what_a_moderator_left_is_not_silenced_by_one_click_again():
    danger = Voice(ReportReason.DANGER, True)
    assert not rules.holds([danger] * 2, was_kept=True)
    assert rules.holds([danger] * 3, was_kept=True)


@given(VOICES, VOICES, st.booleans())
def test_more_reports_never_release_what_is_held(some, more, was_kept):
    assert rules.holds(some + more, was_kept=was_kept) >= rules.holds(some, was_kept=was_kept)


@given(VOICES)
def test_reports_alone_about_feelings_hold_nothing(voices):
    gentle = [voice for voice in voices if voice.reason in GENTLE_REASONS]
    assert not rules.holds(gentle)


def test_hard_texts_are_covered():
    assert rules.is_hard(level=Level.CONCERN, kind=Kind.SELF_HARM)
    assert not rules.is_hard(level=Level.DISTRESS, kind=Kind.DISTRESS)
    assert rules.is_hard(level=Level.NONE, kind=Kind.EVERYDAY, voices=[Voice(ReportReason.GRAPHIC, False)])
    assert not rules.is_hard(level=Level.NONE, kind=Kind.EVERYDAY, voices=[Voice(ReportReason.IDENTITY, True)])


def test_every_decision_has_kind_words_to_begin_from():
    for outcome in Outcome:
        assert templates_for(outcome)
    for template in TEMPLATES:
        words = str(template.words)
        assert not any(
            harsh in words for harsh in ("违规", "违反", "禁止", "封号", "处罚", "警告", "不允许", "治疗", "诊断")
        )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (None, ""),
        (1, "半小时内"),
        (30, "半小时内"),
        (31, "1 小时内"),
        (61, "2 小时内"),
        (1440, "24 小时内"),
        (1441, "2 天内"),
    ],
)
def test_the_usual_wait_is_rounded_up(minutes, words):
    assert usual_wait_words(minutes) == words
