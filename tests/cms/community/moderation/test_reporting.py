"""Anybody may say that they worry about something; nobody learns who did, and nobody is silenced by one click."""

import pytest

from cms.community.enums import WaitingFor, WritingState
from cms.community.models import Case, Report
from cms.community.moderation.enums import Cause, Outcome, Urgency
from cms.community.moderation.errors import NotShown
from cms.community.moderation.services.reporting import report
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.enums import Level
from tests import factories
from tests.factories.community import make_post, make_reply
from tests.factories.moderation import decide, make_case, make_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    """A post that a moderator has let through."""
    written = make_post(shown=False)
    decide(make_case(written), make_moderator())
    written.refresh_from_db()
    return written


def stranger(writing, number=1, reason="hurtful", words=""):
    return report(writing=writing, reason=reason, words=words, address=f"198.51.100.{number}")


def member(writing, user=None, reason="hurtful", words=""):
    return report(writing=writing, reason=reason, words=words, member=user or factories.make_teen(age=16))


def is_held(writing) -> bool:
    writing.refresh_from_db()
    return writing.state == WritingState.WAITING


def test_one_severe_report_of_a_member_holds_and_goes_to_the_top(post):
    member(post, reason="danger")
    case = post.cases.get(settled_at=None)
    assert is_held(post)
    assert (case.cause, case.urgency, case.level) == (Cause.REPORT, Urgency.NOW, Level.CONCERN)
    assert case.is_hard
    assert post.waiting_for == WaitingFor.SAFETY
    assert Concern.objects.get().events.filter(ref=str(post.public_id)).exists()


def test_a_strangers_severe_report_goes_to_the_top_and_two_of_them_hold(post):
    stranger(post, 1, reason="danger")
    assert not is_held(post)
    assert post.cases.get(settled_at=None).urgency == Urgency.NOW
    stranger(post, 2, reason="danger")
    assert is_held(post)


def test_three_readers_hold_what_hurts_and_the_same_one_counts_once(post):
    for _ in range(5):
        stranger(post, 1)
    assert Report.objects.count() == 1
    stranger(post, 2)
    assert not is_held(post)
    stranger(post, 3)
    assert is_held(post)
    assert post.waiting_for == WaitingFor.REPORTED
    assert post.cases.get(settled_at=None).reports_count == 3


def test_a_reply_is_reported_in_its_thread():
    reply = make_reply(thread=make_post())
    Case.objects.all().delete()
    member(reply, reason="identity")
    assert is_held(reply)
    reply.thread.refresh_from_db()
    assert reply.thread.replies_shown == 0


def test_a_mere_feeling_opens_nothing(post):
    for number in range(5):
        stranger(post, number, reason="upsetting")
    assert not is_held(post)
    assert not post.cases.filter(settled_at=None).exists()
    assert Report.objects.count() == 5


def test_what_a_moderator_left_is_not_held_again_by_one_click(post):
    member(post, reason="graphic")
    decide(post.cases.get(settled_at=None), make_moderator(), Outcome.PUBLISH)
    member(post, reason="graphic")
    member(post, reason="graphic")
    assert not is_held(post)
    member(post, reason="graphic")
    assert is_held(post)


def test_who_reported_is_not_kept_and_two_texts_do_not_tell(post):
    reader, other = factories.make_teen(age=16), make_post()
    first, second = member(post, reader), member(other, reader)
    assert first.reporter != second.reporter
    assert str(reader.public_id)[:8] not in first.reporter
    assert {field.name for field in Report._meta.concrete_fields} == {
        "id", "public_id", "post", "reply", "reason", "words", "reporter", "is_member", "reported_at",
    }  # fmt: skip


def test_what_nobody_sees_cannot_be_reported():
    with pytest.raises(NotShown):
        stranger(make_post(shown=False))


def test_several_at_once_are_one_case(run_concurrently_db):
    post, outcomes = run_concurrently_db
    assert [each.error for each in outcomes] == [None] * 4
    assert Report.objects.filter(post=post).count() == 4
    assert post.cases.filter(settled_at=None).count() == 1
    assert is_held(post)


@pytest.fixture
def run_concurrently_db(transactional_db, run_concurrently):
    """Four strangers report one post at the same moment."""
    written = make_post(shown=False)
    decide(make_case(written), make_moderator())
    written.refresh_from_db()
    return written, run_concurrently(lambda number: stranger(written, number), 4)
