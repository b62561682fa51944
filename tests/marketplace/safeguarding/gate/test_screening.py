"""One look at a text: what is kept, who is asked to look, what the author is told, and what a broken gate does."""

import logging

import pytest
from django.db import DatabaseError
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

import tests.factories as factories
from marketplace.accounts.enums import Duty
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.concerns.signals import concern_closed
from marketplace.safeguarding.enums import Kind, Level, Source
from marketplace.safeguarding.gate import services
from marketplace.safeguarding.gate.answers import READ_BY_OTHERS, Answer, answer_to
from marketplace.safeguarding.gate.grading import Grade
from marketplace.safeguarding.gate.model import version
from marketplace.safeguarding.gate.models import Screening
from marketplace.safeguarding.gate.services import screen

DANGER = "我不想活了，今晚就从楼顶跳下去"
EVERYDAY = "今天食堂的糖醋排骨真好吃"
REF = "0b6f2c1e-1111-4111-8111-111111111111"


@pytest.fixture
def teen():
    factories.make_staff(duties=[Duty.SAFETY])
    return factories.make_teen(age=15)


@pytest.mark.django_db
class TestKeeping:
    def test_a_danger_is_kept_without_words_or_names_and_duty_is_asked(self, teen):
        answer = screen(text=DANGER, source=Source.POST, ref=REF, author=teen)
        assert answer.card and answer.hold and answer.level == Level.URGENT and answer.kind == Kind.SELF_HARM
        kept = Screening.objects.get()
        assert (kept.source, kept.ref, kept.kind, kept.level) == (Source.POST, REF, Kind.SELF_HARM, Level.URGENT)
        assert kept.was_held and kept.model_version == version() and kept.signs
        values = " ".join(str(getattr(kept, field.name)) for field in Screening._meta.fields)
        assert "不想活" not in values and str(teen.public_id) not in values and teen.nickname not in values
        assert Concern.objects.get().urgency == Level.URGENT

    @pytest.mark.parametrize("text", [EVERYDAY, "今天考砸了，好难过", "", "   ", "笑死我了"])
    def test_nothing_else_is_kept(self, teen, text):
        answer = screen(text=text, source=Source.POST, ref=REF, author=teen)
        assert not answer.hold
        assert not Screening.objects.exists() and not Concern.objects.exists()

    def test_texts_of_one_person_gather_in_one_concern(self, teen):
        screen(text=DANGER, source=Source.POST, ref=REF, author=teen)
        screen(text="我想死", source=Source.DIARY, ref=REF.replace("1", "2"), author=teen)
        assert Screening.objects.count() == 2

    def test_what_the_desk_found_is_written_down(self, teen):
        screen(text=DANGER, source=Source.POST, ref=REF, author=teen)
        concern_closed.send(sender=None, ref=REF, source=Source.POST, outcome="false_alarm")
        assert Screening.objects.get().outcome == "false_alarm"
        assert str(Screening.objects.get())


@pytest.mark.django_db
class TestSearching:
    def test_a_strangers_search_shows_the_numbers_and_leaves_nothing(self):
        answer = screen(text=DANGER, source=Source.SEARCH)
        assert answer.card and not answer.hold
        assert not Screening.objects.exists() and not Concern.objects.exists()

    def test_of_somebody_signed_in_duty_hears_only_what_is_urgent(self, teen):
        screen(text="活着好累想死", source=Source.SEARCH, author=teen)
        before = Concern.objects.count()
        assert screen(text=DANGER, source=Source.SEARCH, author=teen).level == Level.URGENT
        assert before == 0 and Concern.objects.count() == 1
        assert Screening.objects.get().ref == ""


@pytest.mark.django_db
class TestFailing:
    """A gate that fails loses no text, lets none through unread, and logs no word of it."""

    def test_a_gate_that_cannot_read_holds_what_others_would_read(self, teen, monkeypatch, caplog):
        def broken(text):
            raise ValueError(text)

        monkeypatch.setattr(services, "grade", broken)
        with caplog.at_level(logging.ERROR):
            answers = {source: screen(text=DANGER, source=source, ref=REF, author=teen) for source in Source}
        assert {source for source, answer in answers.items() if answer.hold} == READ_BY_OTHERS
        assert answers[Source.POST].card
        assert "不想活" not in caplog.text

    def test_a_concern_that_cannot_be_opened_takes_neither_card_nor_hold_away(self, teen, monkeypatch, caplog):
        def broken(**given):
            raise DatabaseError("x")

        monkeypatch.setattr(services, "open_concern", broken)
        answer = screen(text=DANGER, source=Source.POST, ref=REF, author=teen)
        assert answer.card and answer.hold and Screening.objects.count() == 1

    def test_a_screening_that_cannot_be_kept_stops_no_alarm(self, teen, monkeypatch):
        def broken(**given):
            raise DatabaseError("x")

        monkeypatch.setattr(Screening.objects, "create", broken)
        assert screen(text=DANGER, source=Source.POST, ref=REF, author=teen).card
        assert Concern.objects.count() == 1


class TestAnswering:
    def test_every_kind_of_danger_has_a_kind_sentence_and_no_lecture(self):
        for kind in (Kind.SELF_HARM, Kind.HARM_BY_OTHERS, Kind.ABUSE, Kind.HARM_TO_OTHERS, Kind.EATING):
            answer = answer_to(Grade(kind, Level.CONCERN, 0.9), Source.POST)
            assert answer.card and answer.hold and len(answer.reply) > 15
            assert not any(word in answer.reply for word in ("违规", "禁止", "删除", "封", "不许", "治疗", "诊断"))

    def test_a_friend_is_thanked(self):
        own = answer_to(Grade(Kind.SELF_HARM, Level.CONCERN, 0.9), Source.LETTER)
        friends = answer_to(Grade(Kind.SELF_HARM, Level.CONCERN, 0.9, of_somebody_else=True), Source.LETTER)
        assert own.reply != friends.reply and not friends.hold

    def test_who_is_close_to_a_danger_sees_the_numbers_and_nobody_looks(self):
        answer = answer_to(Grade(Kind.DISTRESS, Level.DISTRESS, 0.6, is_near=True), Source.POST)
        assert answer.card and not answer.hold and answer.reply

    def test_everyday_texts_hear_nothing(self):
        assert answer_to(Grade(Kind.EVERYDAY, Level.NONE, 0.01), Source.POST).reply == ""


class TestCard:
    def render(self, answer) -> str:
        return Template("{% load safety %}{% crisis_card answer %}").render(Context({"answer": answer}))

    def test_it_holds_the_numbers_and_the_way_on(self):
        html = self.render(Answer(Level.CONCERN, Kind.SELF_HARM, hold=True, card=True, reply="谢谢你说出来。"))
        for number in ("12356", "120", "110", "12355"):
            assert f"tel:{number}" in html
        assert "现在就可以打" in html and "谢谢你说出来。" in html and reverse("crisis") in html

    def test_it_is_nothing_where_no_card_is_asked_for(self):
        assert not self.render(Answer(Level.NONE, Kind.EVERYDAY, hold=False, card=False, reply="")).strip()


@pytest.mark.django_db
def test_half_a_year_later_a_screening_is_gone(teen):
    from datetime import timedelta

    from marketplace.consent.retention.registry import registered

    screen(text=DANGER, source=Source.POST, ref=REF, author=teen)
    [kept] = [each for each in registered() if each.key == "gate_screenings"]
    now = timezone.now()
    assert not kept.erasable(now, ()).exists()
    assert kept.erase(kept.erasable(now + timedelta(days=200), ())) == 1
