"""Practices: open to everybody, kept only on request and for their owner alone, honest in what they say."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_str

from cms.wellbeing import coping, games
from cms.wellbeing.models import PracticeRun
from cms.wellbeing.practices import BY_SLUG, PRACTICES, MethodFamily
from cms.wellbeing.practices.errors import EnoughForToday, NothingToKeep
from cms.wellbeing.practices.wording import Change, change_of, together
from cms.wellbeing.selectors.practices import practices_for
from cms.wellbeing.services import practices as services
from cms.wellbeing.services.practices import keep_run
from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need
from tests import factories

STATIC = Path(coping.__file__).parent / "static" / "wellbeing"
TEMPLATES = Path(coping.__file__).parent / "templates" / "wellbeing"
#: What no text of ours says: names for hospitals' work, promises, pressure, and prizes.
NEVER = re.compile("治疗|诊断|治愈|疗效|痊愈|患者|保证|一定会好|有效率|%|连续打卡|积分|排行榜|奖励|坚持就")


def run(owner, **fields):
    return keep_run(owner=owner, practice=BY_SLUG["breathing"], felt=Change(6, 4), words={}, **fields)


def sentences():
    """Every sentence of the library, the games and the plan."""
    for practice in PRACTICES:
        yield from (
            practice.title,
            practice.lead,
            practice.good_to_know,
            practice.scale,
            practice.least,
            practice.utmost,
        )
        yield from (words for step in practice.steps for words in (step.title, step.text))
        yield from (words for blank in practice.blanks for words in (blank.label, blank.hint))
    for game in games.GAMES:
        yield from (game.title, game.lead, game.learns, *game.paper)
        yield from (words for card in game.cards for words in (card.text, card.said))
    for section in coping.SECTIONS:
        yield from (section.title, section.hint, *section.ideas)


def test_each_skill_names_its_method_its_source_and_that_nobody_has_reviewed_it_yet():
    for skill in (*PRACTICES, *games.GAMES):
        assert skill.families and skill.sources and not skill.reviewed_by, skill.slug
        assert all(source.title and source.publisher and 1960 < source.year <= 2026 for source in skill.sources)
    assert {family for practice in PRACTICES for family in practice.families} == set(MethodFamily)


def test_nothing_promises_judges_or_counts():
    for sentence in sentences():
        assert not NEVER.search(force_str(sentence)), sentence
    for path in (*TEMPLATES.glob("practices/*.html"), *TEMPLATES.glob("games/*.html"), *TEMPLATES.glob("plan/*.html")):
        assert not NEVER.search(" ".join(re.findall("[\u4e00-\u9fff]+", path.read_text()))), path.name


def test_every_practice_has_its_picture_its_script_and_its_stage():
    for practice in PRACTICES:
        assert (STATIC / "pictures" / f"{practice.picture}.svg").is_file()
        assert (STATIC / "js" / f"{practice.module}.js").is_file()
        assert (TEMPLATES / "practices" / f"stage_{practice.stage}.html").is_file()
    for game in games.GAMES:
        assert (STATIC / "pictures" / f"{game.picture}.svg").is_file() and (STATIC / "js" / f"{game.slug}.js").is_file()


def test_scripts_reach_for_no_sensor_and_nobody_else():
    words = re.compile(
        r"https?://|getUserMedia|geolocation|DeviceMotion|Bluetooth|innerHTML|eval\(|sendBeacon|\.style\.cssText"
    )
    for path in STATIC.rglob("*.js"):
        assert not words.search(path.read_text()), path.name
    for path in STATIC.rglob("*.svg"):
        assert not re.search(r"href|<style|style=|<script|url\(", path.read_text()), path.name


def test_chosen_by_need_age_and_time():
    assert all(Need.SLEEP in each.needs for each in practices_for(need=Need.SLEEP))
    assert [each for each in practices_for(band=AgeBand.CHILD) if AgeBand.CHILD not in each.bands] == []
    assert practices_for(band=AgeBand.ADULT) == list(PRACTICES)
    assert {each.minutes for each in practices_for(minutes=3)} == {3}
    for need in (Need.EXAMS, Need.MOOD, Need.FRIENDS, Need.HOME, Need.SLEEP, Need.FEELINGS, Need.SELF):
        assert practices_for(need=need), need


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("slug", [*BY_SLUG])
    def test_a_practice_is_a_guide_without_script_and_without_account(self, client, slug):
        answer = client.get(reverse("wellbeing:practice", args=[slug]))
        text = answer.content.decode()
        assert answer.status_code == 200 and not answer.cookies
        for step in BY_SLUG[slug].steps:
            assert force_str(step.title) in text
        assert "还没有经过专业人员审阅" in text and reverse("crisis") in text
        assert "<form" not in text.split('id="main"')[1].split("<footer")[0]

    def test_an_unknown_one_is_not_there(self, client):
        assert client.get(reverse("wellbeing:practice", args=["streaks"])).status_code == 404

    def test_outside_a_demo_only_what_a_professional_has_read_is_shown(self, client, settings, monkeypatch):
        settings.LIBRARY_SHOWS_UNREVIEWED = False
        for address in (reverse("wellbeing:practice", args=["breathing"]), reverse("wellbeing:game", args=["trains"])):
            assert client.get(address).status_code == 404
        text = client.get(reverse("wellbeing:home")).content.decode()
        assert "跟着圆呼吸" not in text and "想法站台" not in text
        assert client.get(reverse("wellbeing:plan")).status_code == 200
        monkeypatch.setitem(BY_SLUG, "breathing", replace(BY_SLUG["breathing"], reviewed_by="周岚，心理咨询师"))
        assert "周岚" in client.get(reverse("wellbeing:practice", args=["breathing"])).content.decode()

    def test_home_filters_and_remembers_the_age(self, client):
        text = client.get(reverse("wellbeing:home"), {"need": "sleep", "age": "8-11"}).content.decode()
        assert "睡前慢下来" in text and "把想法写下来看看" not in text
        assert client.cookies["band"].value == "8-11"
        assert "把想法写下来看看" not in client.get(reverse("wellbeing:home")).content.decode()
        assert client.get(reverse("wellbeing:home"), {"need": "x", "minutes": "x", "age": "x"}).status_code == 200

    def test_no_query_for_a_stranger(self, client, django_assert_num_queries):
        client.get(reverse("wellbeing:home"))
        with django_assert_num_queries(0):
            client.get(reverse("wellbeing:practice", args=["breathing"]))


@pytest.mark.django_db
class TestKeeping:
    def test_kept_on_request_and_sealed(self):
        teen = factories.make_teen()
        client = factories.signed_in(teen)
        data = {"before": "6", "after": "4", "first": "食堂的汤是热的"}
        answer = client.post(reverse("wellbeing:keep_run", args=["gratitude"]), data, follow=True)
        assert "前 6，后 4" in answer.content.decode()
        kept = PracticeRun.objects.get(owner=teen)
        assert kept.words == {"first": "食堂的汤是热的"} and kept.felt == {"before": 6, "after": 4}
        with connection.cursor() as cursor:
            cursor.execute("SELECT felt, words FROM wellbeing_practicerun")
            felt, words = map(bytes, cursor.fetchone())
        assert "食堂".encode() not in words and b"before" not in felt

    def test_steps_of_the_ladder_carry_their_own_ratings(self):
        teen = factories.make_teen()
        client = factories.signed_in(teen)
        data = {
            "goal": "上课举手",
            "step1": "和老师对看一下",
            "step1_before": "5",
            "step1_after": "3",
            "step2_before": "",
        }
        client.post(reverse("wellbeing:keep_run", args=["small-steps"]), data)
        assert PracticeRun.objects.get().felt["steps"] == {"step1": {"before": 5, "after": 3}}
        assert "前 5，后 3" in client.get(reverse("wellbeing:runs")).content.decode()

    def test_nothing_is_nothing_to_keep(self):
        client = factories.signed_in(factories.make_parent())
        answer = client.post(reverse("wellbeing:keep_run", args=["thoughts"]), {"before": "", "fuller": "  "})
        assert answer.status_code == 422 and "没有什么要存的" in answer.content.decode()
        assert not PracticeRun.objects.exists()

    @pytest.mark.parametrize("data", [{"before": "11"}, {"after": "-1"}, {"happened": "长" * 401}])
    def test_what_does_not_fit_is_not_kept_and_not_lost(self, data):
        client = factories.signed_in(factories.make_parent())
        answer = client.post(reverse("wellbeing:keep_run", args=["thoughts"]), data | {"fuller": "虽然难，不过……"})
        assert answer.status_code == 422 and "虽然难，不过……" in answer.content.decode()

    def test_a_day_has_an_end(self, monkeypatch):
        monkeypatch.setattr(services, "MOST_A_DAY", 2)
        owner = factories.make_parent()
        run(owner), run(owner)
        with pytest.raises(EnoughForToday):
            run(owner)
        run(owner, now=timezone.now() + timedelta(days=1, minutes=1))

    def test_a_beginning_nobody_believes_is_not_kept(self):
        owner, now = factories.make_parent(), timezone.now()
        assert run(owner, started_at=now - timedelta(minutes=5), now=now).started_at == now - timedelta(minutes=5)
        assert run(owner, started_at=now - timedelta(days=2), now=now).started_at == now
        assert run(owner, started_at=now + timedelta(days=2), now=now).started_at == now

    def test_refusals(self):
        with pytest.raises(NothingToKeep):
            keep_run(owner=factories.make_parent(), practice=BY_SLUG["breathing"], felt=Change(None, None), words={})

    def test_a_stranger_finds_deletes_and_sees_nothing(self):
        teen, parent = factories.make_parent(), factories.make_parent()
        kept = run(teen)
        other = factories.signed_in(parent)
        assert "前 6，后 4" not in other.get(reverse("wellbeing:runs")).content.decode()
        assert "前 6，后 4" not in other.get(reverse("wellbeing:practice", args=["breathing"])).content.decode()
        assert other.post(reverse("wellbeing:forget_run", args=[kept.public_id])).status_code == 404
        other.post(reverse("wellbeing:forget_runs"))
        assert PracticeRun.objects.filter(pk=kept.pk).exists()

    def test_not_even_the_guardian_sees_it(self):
        parent = factories.make_parent(children=0)
        teen = factories.make_teen(parent)
        run(teen)
        client = factories.signed_in(parent)
        assert "前 6，后 4" not in client.get(reverse("wellbeing:runs")).content.decode()

    def test_a_visitor_cannot_keep(self):
        answer = Client().post(reverse("wellbeing:keep_run", args=["breathing"]), {"before": "5"})
        assert answer.status_code == 302 and "login" in answer.url

    def test_its_owner_deletes_it(self):
        owner = factories.make_parent()
        client, kept = factories.signed_in(owner), run(owner)
        client.post(reverse("wellbeing:forget_run", args=[kept.public_id]))
        assert not PracticeRun.objects.exists()
        run(owner), run(owner)
        client.post(reverse("wellbeing:forget_runs"))
        assert not PracticeRun.objects.exists()

    def test_the_list_costs_the_same_however_long(self, django_assert_max_num_queries):
        owner = factories.make_parent()
        client = factories.signed_in(owner)
        run(owner)
        client.get(reverse("wellbeing:runs"))
        counts = []
        for _ in range(2):
            with django_assert_max_num_queries(40) as found:
                client.get(reverse("wellbeing:runs"))
            counts.append(len(found))
            run(owner), run(owner)
        assert counts[0] == counts[1]


class TestWords:
    def test_before_and_after_are_said_as_they_were(self):
        assert Change(6, 4).text == "前 6，后 4"
        assert Change(4, 6).text == "前 4，后 6"
        assert "没有打分" in Change(None, None).text and Change(3, None).text.startswith("前 3")
        assert change_of({"before": 99, "after": "x"}) == Change(None, None) == change_of("?")

    def test_few_are_not_counted_and_many_are_only_counted(self):
        assert together([Change(6, 4)] * 2) == ""
        assert together([Change(6, 4), Change(6, 4), Change(5, 5), Change(3, 7), Change(3, None)]) == (
            "最近打过分的 4 次里：2 次后面低一些，1 次一样，1 次后面高一些。"
        )
