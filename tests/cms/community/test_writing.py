"""Who may write, what waits, what the gate does, and what is cut out before anything is kept."""

import pytest

from cms.community import errors
from cms.community.enums import WaitingFor, WritingState
from cms.community.models import Alias, Case, Drawer, Post, Reply
from cms.community.services import hiding, hugging, raising, showing, withdrawing, writing
from cms.community.services.erasing import erase_member
from marketplace.core.encryption.models import DataKey
from marketplace.safeguarding.concerns.contexts import context_of
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.concerns.signals import concern_closed
from tests import factories
from tests.factories.community import make_picture, make_post, make_reply, make_topic

pytestmark = pytest.mark.django_db
DANGER = "我不想活了，今晚就想结束，药都准备好了"


@pytest.mark.parametrize("age", [9, 12, 13])
def test_under_fourteen_reads_and_does_not_write(age):
    young = factories.make_teen(age=age)
    with pytest.raises(errors.MayNotWrite):
        writing.write_post(user=young, topic=make_topic(band="8-11"), text="你好")
    assert not Post.objects.exists()


@pytest.mark.parametrize("age", [14, 15, 17])
def test_from_fourteen_on_a_person_reads_first(age):
    sent = writing.write_post(user=factories.make_teen(age=age), topic=make_topic(band="12-14"), text="今天有点累。")
    assert (sent.writing.state, sent.writing.waiting_for) == (WritingState.WAITING, WaitingFor.AGE)
    assert Case.objects.get().writing == sent.writing if hasattr(Case, "writing") else Case.objects.count() == 1


def test_somebody_of_age_is_shown_at_once():
    sent = writing.write_post(user=factories.make_teen(age=18), topic=make_topic(), text="今天有点累。")
    assert sent.is_shown and not Case.objects.exists()


@pytest.mark.parametrize("make", [factories.make_parent, factories.make_staff, factories.make_user])
def test_other_accounts_do_not_write(make):
    with pytest.raises(errors.MayNotWrite):
        writing.write_post(user=make(), topic=make_topic(), text="你好")


def test_nobody_writes_for_older_ones():
    with pytest.raises(errors.MayNotWrite):
        writing.write_post(user=factories.make_teen(age=14), topic=make_topic(band="15-18"), text="你好")


def test_words_of_danger_are_held_show_help_and_reach_duty():
    member = factories.make_teen(age=16)
    sent = writing.write_post(user=member, topic=make_topic(), text=DANGER)
    assert sent.answer.card and sent.answer.reply
    assert (sent.writing.state, sent.writing.waiting_for) == (WritingState.WAITING, WaitingFor.SAFETY)
    assert Concern.objects.filter(closed_at=None).count() == 1
    context = context_of("post", str(sent.writing.public_id))
    assert context is not None and context.text == DANGER


def test_a_closed_concern_shows_nothing_by_itself():
    sent = writing.write_post(user=factories.make_teen(age=16), topic=make_topic(), text=DANGER)
    concern_closed.send(sender=Concern, ref=str(sent.writing.public_id), source="post", outcome="no_danger")
    sent.writing.refresh_from_db()
    assert (sent.writing.state, sent.writing.waiting_for) == (WritingState.WAITING, WaitingFor.AGE)


def test_a_moderators_worry_reaches_duty_and_names_nobody_here():
    post = make_post()
    raising.pass_to_duty(writing=post, kind="self_harm", level=2)
    post.refresh_from_db()
    assert not post.is_shown and Concern.objects.count() == 1


def test_what_gives_away_is_cut_out():
    post = make_post(
        text="我的微信 13800138000，邮箱 xiaohe@example.com，QQ 123456789，身份证 11010519491231002X。2026年考了 98 分"
    )
    for secret in ("13800138000", "example.com", "123456789", "11010519491231002X"):
        assert secret not in post.text
    assert "2026年考了 98 分" in post.text


@pytest.mark.parametrize(("text", "refusal"), [("  ", errors.NothingWritten), ("长" * 2001, errors.TooLong)])
def test_nothing_and_too_much_are_refused(text, refusal):
    with pytest.raises(refusal):
        writing.write_post(user=factories.make_teen(age=16), topic=make_topic(), text=text)


def test_a_draft_is_nobody_elses_and_can_be_changed_and_sent():
    member, other = factories.make_teen(age=16), factories.make_teen(age=16)
    draft = writing.draft_post(user=member, topic=make_topic(), text="先写着。")
    with pytest.raises(errors.NotYours):
        writing.send_post(user=other, post_id=draft.public_id)
    name = draft.aliases.get().name
    writing.change_own(user=member, post_id=draft.public_id, text="改好了。")
    sent = writing.send_post(user=member, post_id=draft.public_id)
    assert sent.writing.text == "改好了。" and sent.writing.aliases.get().name == name
    with pytest.raises(errors.CannotChange):
        writing.change_own(user=member, post_id=draft.public_id, text="又改。")


def test_what_is_shown_keeps_no_moment():
    post = make_post()
    reply = make_reply(thread=post)
    for each in (post, reply):
        assert each.written_at == each.slot
        assert (each.slot.minute, each.slot.second, each.slot.microsecond) == (0, 0, 0)


def test_a_quotation_stays_in_its_thread_and_stands_behind_what_it_quotes():
    post, elsewhere = make_post(), make_post()
    first = make_reply(thread=post)
    for _ in range(5):
        assert make_reply(thread=post, quotes=first.public_id).position > first.position
    with pytest.raises(errors.QuotedElsewhere):
        make_reply(thread=post, quotes=make_reply(thread=elsewhere).public_id)
    with pytest.raises(errors.QuotedElsewhere):
        make_reply(thread=post, quotes=make_reply(thread=post, shown=False).public_id)


def test_a_flood_is_slowed(monkeypatch):
    monkeypatch.setattr(writing.Attempt, "begin", lambda self: False)
    with pytest.raises(errors.EnoughForNow):
        writing.write_post(user=factories.make_teen(age=16), topic=make_topic(), text="今天的数学作业好多。")


def test_a_cry_for_help_is_never_slowed(monkeypatch):
    monkeypatch.setattr(writing.Attempt, "begin", lambda self: False)
    sent = writing.write_post(user=factories.make_teen(age=16), topic=make_topic(), text=DANGER)
    assert sent.answer.card
    assert Concern.objects.filter(closed_at=None).count() == 1


def test_taking_back_can_be_undone_and_then_nothing_is_left():
    member = factories.make_teen(age=16)
    post = make_post(member, picture=writing.Picture(make_picture()))
    withdrawing.withdraw(user=member, writing=post)
    withdrawing.undo_withdrawal(user=member, writing=post)
    post.refresh_from_db()
    assert post.is_shown
    gone = withdrawing.withdraw(user=member, writing=post)
    later = gone.withdrawn_at + withdrawing.UNDO + withdrawing.UNDO
    with pytest.raises(errors.TooLateToUndo):
        withdrawing.undo_withdrawal(user=member, writing=post, now=later)
    assert withdrawing.erase_withdrawn(now=later) == 1
    post.refresh_from_db()
    assert post.state == WritingState.ERASED and not post.text and not post.attachments.exists()
    assert DataKey.objects.get(subject_id=post.public_id).destroyed_at


def test_nobody_takes_back_what_is_anothers():
    post = make_post()
    with pytest.raises(errors.NotYours):
        withdrawing.withdraw(user=factories.make_teen(age=16), writing=post)


def test_what_was_taken_back_is_not_shown_by_a_moderator():
    member = factories.make_teen(age=16)
    post = make_post(member, shown=False)
    withdrawing.withdraw(user=member, writing=post)
    assert not Case.objects.filter(settled_at=None).exists()
    with pytest.raises(errors.Gone):
        showing.show(writing=post)


def test_replies_are_counted_as_they_come_and_go():
    member, post = factories.make_teen(age=16), make_post()
    reply = make_reply(member, thread=post)
    post.refresh_from_db()
    assert post.replies_shown == 1
    withdrawing.withdraw(user=member, writing=reply)
    post.refresh_from_db()
    assert post.replies_shown == 0


def test_hugs_are_for_others_once_each():
    member, author = factories.make_teen(age=16), factories.make_teen(age=16)
    post = make_post(author)
    with pytest.raises(errors.NotYourself):
        hugging.give_hug(user=author, writing=post)
    with pytest.raises(errors.MayNotWrite):
        hugging.give_hug(user=factories.make_teen(age=13), writing=post)
    hugging.give_hug(user=member, writing=post)
    hugging.give_hug(user=member, writing=post)
    post.refresh_from_db()
    assert post.hugs_given == 1
    hugging.take_hug_back(user=member, writing=post)
    post.refresh_from_db()
    assert post.hugs_given == 0


def test_a_blocked_member_answers_nothing_in_that_thread_and_everything_elsewhere():
    author, other, topic = factories.make_teen(age=16), factories.make_teen(age=16), make_topic()
    post, next_post = make_post(author, topic=topic), make_post(author, topic=topic)
    hiding.block(user=author, writing=make_reply(other, thread=post))
    with pytest.raises(errors.Gone):
        make_reply(other, thread=post)
    assert make_reply(other, thread=next_post).is_shown


def test_an_account_that_goes_leaves_no_words_and_no_link():
    member, other = factories.make_teen(age=16), factories.make_teen(age=16)
    mine, theirs = make_post(member), make_post(other)
    reply = make_reply(member, thread=theirs)
    assert erase_member(member) == (2, 2)
    mine.refresh_from_db()
    reply.refresh_from_db()
    assert mine.state == reply.state == WritingState.ERASED and not mine.text and not reply.text
    assert not Alias.objects.filter(thread=mine, member__isnull=False).exists()
    assert not Drawer.objects.filter(member=member).exists()
    assert erase_member(member) == (0, 0)
    assert Reply.objects.count() == 1 and Post.objects.get(pk=theirs.pk).is_shown
